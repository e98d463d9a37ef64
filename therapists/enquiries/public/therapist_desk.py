"""A therapist's own page, by a signed link and without a log-in: what waits for them, and their diary."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from therapists.enquiries.describing import time_for_therapist
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Consultation, Enquiry, Offer, OfferState
from therapists.enquiries.models.offers import SAID_YES
from therapists.enquiries.public.offer_outcome import OfferOutcome, outcome_of
from therapists.enquiries.public.private_page import LinkEnded, private_page
from therapists.enquiries.services.pauses import come_back, is_for_the_practice, pause
from therapists.enquiries.signed_links import Purpose, own_page_has_ended, therapist_of
from therapists.enquiries.signed_links import token as sign
from therapists.enums import PausedBy
from therapists.forms import day_of_return
from therapists.models import Availability, Departure, DiaryTask, DiaryTaskKind, TherapistPage

FOUR_WEEKS = timedelta(weeks=4)


class PauseForm(forms.Form):
    until = forms.DateField(
        label=_("Pause me until"),
        help_text=_("From that day on you are asked again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day, such as 3/12/2026.")},
        validators=[day_of_return],
    )


@private_page
@require_http_methods(["GET", "HEAD"])
def therapist_desk(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, token, therapist_or_404(token), PauseForm())


@private_page
@require_POST
def pause_view(request: HttpRequest, token: str) -> HttpResponse:
    therapist = therapist_or_404(token)
    _diary_or_404(therapist)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            pause(therapist, form.cleaned_data["until"])
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        return _show(request, token, therapist, form, status=422)
    return redirect("enquiries:therapist", token)


@private_page
@require_POST
def resume_view(request: HttpRequest, token: str) -> HttpResponse:
    therapist = therapist_or_404(token)
    _diary_or_404(therapist)
    come_back(therapist)
    return redirect("enquiries:therapist", token)


@private_page
@require_POST
def confirm_diary_view(request: HttpRequest, token: str) -> HttpResponse:
    _diary_or_404(therapist_or_404(token)).confirm(timezone.localdate())
    return redirect("enquiries:therapist", token)


def therapist_or_404(token: str) -> TherapistPage:
    """Return whose link it is. Raise LinkEnded where it is too old.

    Raise Http404 where it is not ours, they have left, or have another address.
    """
    therapist, made_at = here_or_404(token)
    if own_page_has_ended(made_at):
        raise LinkEnded(Purpose.THERAPIST, token)
    return therapist


def here_or_404(token: str) -> tuple[TherapistPage, datetime]:
    """Return whose link it is, however old, and when it was made."""
    found = therapist_of(token)
    if found is None:
        raise Http404
    pages = TherapistPage.objects.same_person_as(found[0])
    if Departure.objects.filter(therapist__in=pages).exists():
        raise Http404
    return found


def _diary_or_404(therapist: TherapistPage) -> Availability:
    diary = Availability.objects.filter(therapist=therapist).first()
    if diary is None:
        raise Http404
    return diary


def _show(
    request: HttpRequest, token: str, therapist: TherapistPage, form: PauseForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    diary = Availability.objects.filter(therapist=therapist).first()
    said_yes = Offer.objects.filter(
        therapist=therapist, state__in=SAID_YES, answered_at__gte=timezone.now() - FOUR_WEEKS
    )
    tasks = dict(DiaryTask.objects.open().filter(therapist=therapist).values_list("kind", "created_at"))
    context = {
        "token": token,
        "name": therapist.title,
        "lapses": [lapse.to_therapist for lapse in lapses(therapist)],
        "offers": [
            {
                "token": sign(Purpose.OFFER, offer.pk),
                "reference": offer.enquiry.reference,
                "until": offer.expires_at,
            }
            for offer in Offer.objects.live().filter(therapist=therapist).select_related("enquiry")
            if offer.is_open
        ],
        "people": _people(therapist),
        "times": _times(therapist),
        "diary": diary,
        "windows": diary.windows.all() if diary else [],
        "absences": diary.absences.filter(last_day__gte=today) if diary else [],
        "status": diary.status(today).label if diary else "",
        "is_paused": diary is not None and diary.is_paused(today),
        "is_for_the_practice": diary is not None and is_for_the_practice(diary),
        "is_for_silence": diary is not None and diary.paused_by == PausedBy.SILENCE,
        "asked_to_come_back": DiaryTaskKind.WANTS_BACK in tasks,
        "proposed_at": tasks.get(DiaryTaskKind.PROPOSED),
        "profile": therapist.url if therapist.live else "",
        "is_confirmed": diary is not None and diary.is_confirmed(today),
        "said_yes": said_yes.count(),
        "form": form,
    }
    return render(request, "pages/therapist_desk.html", context, status=status)


def _people(therapist: TherapistPage) -> list[dict[str, Any]]:
    """Return whom they said yes to and who is still theirs, by reference.

    No link leads to who they are: whoever this page was passed on to would read it. Their letters do.
    """
    offers = Offer.objects.filter(therapist=therapist, state=OfferState.ACCEPTED).select_related("enquiry")
    found = []
    for offer in offers:
        outcome = outcome_of(offer)
        if outcome in {OfferOutcome.SAID_YES, OfferOutcome.INTRODUCED}:
            found.append({"reference": offer.enquiry.reference, "state": offer.enquiry.get_state_display()})
    return found


def _times(therapist: TherapistPage) -> list[dict[str, Any]]:
    taken = Consultation.objects.taken().to_come().filter(therapist=therapist).exclude(enquiry=None)
    return [
        {
            "when": time_for_therapist(row.during.lower, _zone(row.enquiry)),
            "state": row.get_state_display(),
            "reference": row.enquiry.reference if row.enquiry else "",
        }
        for row in taken.select_related("enquiry")
    ]


def _zone(enquiry: Enquiry | None) -> str:
    return enquiry.time_zone if enquiry else "Europe/London"
