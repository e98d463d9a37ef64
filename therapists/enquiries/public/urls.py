"""The addresses of signed links."""

from django.urls import path

from therapists.enquiries.public import introduction, offer, status
from therapists.enquiries.signed_links import Purpose

app_name = "enquiries"

urlpatterns = [
    path("erased/", status.erased, name="erased"),
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/choose/", status.choose_view, name="choose"),
    path("status/<str:token>/cannot-make-it/", status.cannot_make_it_view, name="cannot_make_it"),
    path("status/<str:token>/running-late/", status.running_late_view, name="running_late"),
    path("status/<str:token>/outcome/", status.outcome_view, name="outcome"),
    path("status/<str:token>/withdraw/", status.withdraw_view, name="withdraw"),
    path("status/<str:token>/erase/", status.erase_view, name="erase"),
    path("offer/<str:token>/", offer.offer, name="offer"),
    path("offer/<str:token>/ask/", offer.ask_view, name="ask"),
    path(
        "offer/<str:token>/step-back/",
        offer.step_back_view,
        {"purpose": Purpose.OFFER},
        name="step_back",
    ),
    path("introduction/<str:token>/", introduction.introduction, name="introduction"),
    path("introduction/<str:token>/outcome/", introduction.outcome_view, name="introduced_outcome"),
    path("introduction/<str:token>/call-off/", introduction.call_off_view, name="call_off"),
    path(
        "introduction/<str:token>/step-back/",
        offer.step_back_view,
        {"purpose": Purpose.INTRODUCTION},
        name="step_back_introduced",
    ),
]
