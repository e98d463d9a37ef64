from django.urls import path

from search import views
from search.suggestions import suggestions

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", suggestions, name="suggestions"),
]
