from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("", views.mailbox_page, name="mailbox"),
    path("<str:key>/", views.message_page, name="message"),
]
