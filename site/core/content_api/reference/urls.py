from django.urls import path

from core.content_api.reference import views

urlpatterns = [
    path("", views.overview, name="reference"),
    path("operations/<str:key>/", views.operation, name="reference_operation"),
    path("shapes/<str:name>/", views.shape_page, name="reference_shape"),
]
