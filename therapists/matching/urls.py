"""The pages of matching that a visitor reaches by private link."""

from django.urls import path

from therapists.matching.views.change import change

app_name = "matching"

urlpatterns = [path("status/<str:token>/change/<slug:key>/", change, name="change")]
