"""The addresses of signed links."""

from django.urls import path

from therapists.enquiries.public import (
    introduction,
    new_link,
    offer,
    profile_proposal,
    status,
    therapist_desk,
)

app_name = "enquiries"

urlpatterns = [
    path("erased/", status.erased, name="erased"),
    path("erased/<str:language>/", status.erased, name="erased"),
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/choose/", status.choose_view, name="choose"),
    path("status/<str:token>/cannot-make-it/", status.cannot_make_it_view, name="cannot_make_it"),
    path("status/<str:token>/running-late/", status.running_late_view, name="running_late"),
    path("status/<str:token>/outcome/", status.outcome_view, name="outcome"),
    path("status/<str:token>/withdraw/", status.withdraw_view, name="withdraw"),
    path("status/<str:token>/undo-withdrawal/", status.undo_withdrawal_view, name="undo_withdrawal"),
    path("status/<str:token>/erase/", status.erase_view, name="erase"),
    path("offer/<str:token>/", offer.offer, name="offer"),
    path("offer/<str:token>/ask/", offer.ask_view, name="ask"),
    path("offer/<str:token>/step-back/", offer.step_back_view, name="step_back"),
    path("therapist/<str:token>/", therapist_desk.therapist_desk, name="therapist"),
    path("therapist/<str:token>/pause/", therapist_desk.pause_view, name="therapist_pause"),
    path("therapist/<str:token>/resume/", therapist_desk.resume_view, name="therapist_resume"),
    path("therapist/<str:token>/confirm/", therapist_desk.confirm_diary_view, name="therapist_confirm"),
    path("therapist/<str:token>/profile/", profile_proposal.profile_proposal, name="therapist_profile"),
    path("new-link/sent/", new_link.new_link_sent, name="new_link_sent"),
    path("new-link/<str:purpose>/<str:token>/", new_link.new_link, name="new_link"),
    path("introduction/<str:token>/", introduction.introduction, name="introduction"),
    path("introduction/<str:token>/outcome/", introduction.outcome_view, name="introduced_outcome"),
    path("introduction/<str:token>/call-off/", introduction.call_off_view, name="call_off"),
    path("introduction/<str:token>/step-back/", introduction.step_back_view, name="step_back_introduced"),
]
