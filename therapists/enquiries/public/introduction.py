"""The page of a therapist once a person released the introduction."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from therapists.enquiries.access.access_log import record_therapist_reading
from therapists.enquiries.describing import (
    clock_note,
    describe,
    their_clock_words,
    their_time,
    time_for_therapist,
)
from therapists.enquiries.enums import State
from therapists.enquiries.models import ConsultationOutcome, Offer, ReadingKind, Side
from therapists.enquiries.public.offer import made_at, offer_of, show_erased, show_outcome, take_back
from therapists.enquiries.public.offer_forms import StepBackForm
from therapists.enquiries.public.offer_outcome import OfferOutcome, outcome_of
from therapists.enquiries.public.outcome_form import OutcomeForm
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.services.consultations import MOST_PROPOSALS, cannot_make_it, propose
from therapists.enquiries.services.outcomes import (
    accounts_differ,
    latest_said,
    outcomes_to_say,
    report_outcome,
)
from therapists.enquiries.signed_links import Purpose
from therapists.enquiries.ways_to_talk import way_to_talk


class ProposalForm(forms.Form):
    """Up to five times, in UK time, with the visitor's clock beside each where they live elsewhere."""

    def __init__(self, visitor_zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visitor_zone = visitor_zone
        attrs = {"type": "datetime-local"}
        if self.is_elsewhere:
            attrs |= {"data-their-zone": visitor_zone, "data-their-words": their_clock_words(visitor_zone)}
        for number in range(1, MOST_PROPOSALS + 1):
            self.fields[f"time_{number}"] = forms.DateTimeField(
                label=_("Time %(number)s (UK time)") % {"number": number},
                help_text=clock_note(visitor_zone),
                required=False,
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
                widget=forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M"),
                error_messages={"invalid": _("Write the day and the time, such as 3/12/2026 14:30.")},
            )

    @property
    def is_elsewhere(self) -> bool:
        return self.visitor_zone != settings.TIME_ZONE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_elsewhere:
            for name, value in cleaned.items():
                if value:
                    self[name].help_text = their_time(value, self.visitor_zone)
        return cleaned

    def times(self) -> list[datetime]:
        return [value for value in self.cleaned_data.values() if value]


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, token: str) -> HttpResponse:
    offer = offer_of(token, Purpose.INTRODUCTION)
    if offer is None:
        return show_erased(request)
    outcome = outcome_of(offer)
    if outcome in {OfferOutcome.OPEN, OfferOutcome.SAID_YES}:
        raise Http404
    if outcome != OfferOutcome.INTRODUCED:
        return show_outcome(request, offer, made_at(Purpose.INTRODUCTION, token))
    zone = offer.enquiry.time_zone
    form = ProposalForm(zone, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            propose(offer.enquiry_id, form.times())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("enquiries:introduction", token)
    return _show(request, token, offer, form)


@private_page
@require_POST
def outcome_view(request: HttpRequest, token: str) -> HttpResponse:
    offer = offer_of(token, Purpose.INTRODUCTION)
    if offer is not None and _is_theirs_to_say(offer):
        form = OutcomeForm(outcomes_to_say(offer.enquiry, Side.THERAPIST), request.POST)
        if not form.is_valid():
            if outcome_of(offer) != OfferOutcome.INTRODUCED:
                return redirect("enquiries:introduction", token)
            return _show(request, token, offer, outcome_form=form)
        outcome = ConsultationOutcome(form.cleaned_data["outcome"])
        # Nothing to say yet, or any more: the page says so.
        with suppress(ValidationError):
            report_outcome(offer.enquiry_id, Side.THERAPIST, outcome, form.cleaned_data["words"])
    return redirect("enquiries:introduction", token)


def _is_theirs_to_say(offer: Offer) -> bool:
    """Return whether they are introduced, or were until the visitor said that it is not a fit."""
    outcome = outcome_of(offer)
    nobody_since = outcome == OfferOutcome.NOT_A_FIT and offer.enquiry.therapist_id is None
    return outcome == OfferOutcome.INTRODUCED or nobody_since


@private_page
@require_POST
def step_back_view(request: HttpRequest, token: str) -> HttpResponse:
    """Give an enquiry back after the introduction."""
    offer = offer_of(token, Purpose.INTRODUCTION)
    form = StepBackForm(request.POST)
    if offer is not None and not form.is_valid() and outcome_of(offer) == OfferOutcome.INTRODUCED:
        return _show(request, token, offer, step_back_form=form)
    take_back(offer, form)
    return redirect("enquiries:introduction", token)


@private_page
@require_POST
def call_off_view(request: HttpRequest, token: str) -> HttpResponse:
    """Call off the time that was set, without proposing others yet."""
    offer = offer_of(token, Purpose.INTRODUCTION)
    if offer is not None and outcome_of(offer) == OfferOutcome.INTRODUCED:
        # Called off meanwhile, by the other side or by a second click: the page says so.
        with suppress(ValidationError):
            cannot_make_it(offer.enquiry_id, by_visitor=False)
    return redirect("enquiries:introduction", token)


def _show(
    request: HttpRequest,
    token: str,
    offer: Offer,
    form: ProposalForm | None = None,
    *,
    outcome_form: OutcomeForm | None = None,
    step_back_form: StepBackForm | None = None,
) -> HttpResponse:
    enquiry = offer.enquiry
    form = form or ProposalForm(enquiry.time_zone)
    record_therapist_reading(enquiry, ReadingKind.INTRODUCTION, offer.therapist)
    free_text = enquiry.free_text
    proposed = enquiry.consultations.proposed()
    confirmed = enquiry.consultations.confirmed().first()
    context = {
        "token": token,
        "reference": enquiry.reference,
        "contact": enquiry.contact,
        "way": way_to_talk(enquiry, offer.therapist),
        "zone_note": clock_note(enquiry.time_zone),
        "concerns": enquiry.named_concerns(),
        "described": describe(enquiry),
        "message": free_text.message if free_text.may_be_shared else "",
        "proposed": [time_for_therapist(row.during.lower, enquiry.time_zone) for row in proposed],
        "confirmed": time_for_therapist(confirmed.during.lower, enquiry.time_zone) if confirmed else None,
        "is_over": confirmed is not None and confirmed.is_over,
        "may_call_off": confirmed is not None and confirmed.is_to_come,
        "wants_others": not (confirmed or proposed)
        and enquiry.consultations.filter(therapist=offer.therapist).exists(),
        "may_propose": enquiry.state == State.INTRODUCED,
        "step_back_form": step_back_form or StepBackForm(),
        "outcome_form": outcome_form or OutcomeForm(outcomes_to_say(enquiry, Side.THERAPIST)),
        "said": latest_said(enquiry, Side.THERAPIST),
        "accounts_differ": accounts_differ(enquiry),
        "form": form,
    }
    is_wrong = form.is_bound or outcome_form or step_back_form
    return render(request, "pages/introduction.html", context, status=422 if is_wrong else 200)
