"""The pages of matching that a visitor reaches by private link."""

from django.urls import path

from therapists.matching.views.change import preferences

app_name = "matching"

urlpatterns = [path("status/<str:token>/preferences/", preferences, name="preferences")]
