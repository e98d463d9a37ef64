"""The page of an offer: what someone looks for, and not who it is, before the therapist answers."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from therapists.enquiries.access.access_log import record_therapist_reading
from therapists.enquiries.describing import describe, in_words, time_for_therapist
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import DeclineReason, Enquiry, Offer, ReadingKind, Side
from therapists.enquiries.public.offer_forms import AnswerForm, QuestionForm, StepBackForm
from therapists.enquiries.public.offer_outcome import OfferOutcome, link_has_ended, outcome_of
from therapists.enquiries.public.private_page import LinkEnded, private_page
from therapists.enquiries.services.offer_questions import ask
from therapists.enquiries.services.offers import OfferClosed, accept, decline, step_back
from therapists.enquiries.services.outcomes import latest_said
from therapists.enquiries.signed_links import LONG_AGO, Purpose, read_link
from therapists.enquiries.signed_links import token as sign


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so a mail scanner that opens the link answers nothing."""
    found = offer_of(token, Purpose.OFFER)
    if found is None:
        return show_erased(request)
    if outcome_of(found) != OfferOutcome.OPEN:
        if request.method == "POST" and not outcome_of(found).is_gone:
            return redirect("enquiries:offer", token)
        return show_outcome(request, found, made_at(Purpose.OFFER, token))
    form = AnswerForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _store(found, form)
        except ValidationError as error:
            # Another enquiry took the time meanwhile: here is what is left.
            form = AnswerForm(found, request.POST)
            if form.is_valid():
                form.add_error(None, error)
        except OfferClosed:
            return redirect("enquiries:offer", token)
        else:
            return redirect("enquiries:offer", token)
    return _show(request, token, found, form)


@private_page
@require_POST
def ask_view(request: HttpRequest, token: str) -> HttpResponse:
    """Keep a question for the matcher. The offer waits on."""
    found = offer_of(token, Purpose.OFFER)
    if found is None or outcome_of(found) != OfferOutcome.OPEN:
        return redirect("enquiries:offer", token)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            ask(found.pk, form.cleaned_data["question"])
        except ValidationError as error:
            form.add_error("question", error)
        except OfferClosed:
            return redirect("enquiries:offer", token)
        else:
            return redirect("enquiries:offer", token)
    return _show(request, token, found, AnswerForm(found), form)


@private_page
@require_POST
def step_back_view(request: HttpRequest, token: str) -> HttpResponse:
    """Give an enquiry back after a yes, before the introduction."""
    found = offer_of(token, Purpose.OFFER)
    form = StepBackForm(request.POST)
    if found is not None and not form.is_valid() and outcome_of(found) == OfferOutcome.SAID_YES:
        return show_outcome(request, found, made_at(Purpose.OFFER, token), form)
    take_back(found, form)
    return redirect("enquiries:offer", token)


def take_back(found: Offer | None, form: StepBackForm) -> None:
    if found is not None and form.is_valid():
        # Over meanwhile, or a second click: the page says so.
        with suppress(OfferClosed):
            step_back(found.pk, form.cleaned_data["why"])


def offer_of(value: str, purpose: Purpose) -> Offer | None:
    """Return the offer of a therapist's link; None where it was erased.

    Raise Http404 if it is not ours, and LinkEnded where its time is over.
    """
    link = read_link(purpose, value)
    if link is None:
        raise Http404
    found = Offer.objects.select_related("enquiry", "therapist").filter(pk=link.key).first()
    if found is not None and link_has_ended(found, link.made_at):
        raise LinkEnded(purpose, value)
    return found


def show_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/enquiry_gone.html", status=410)


def made_at(purpose: Purpose, value: str) -> datetime:
    link = read_link(purpose, value)
    return link.made_at if link else LONG_AGO


def show_outcome(
    request: HttpRequest, found: Offer, link_made_at: datetime, step_back_form: StepBackForm | None = None
) -> HttpResponse:
    """Say what was answered and when, what is held, and what became of it. Nothing of the person.

    What it leads to ends when the link does that led here.
    """
    outcome = outcome_of(found)
    said_yes = outcome == OfferOutcome.SAID_YES
    context = {
        "offer": found,
        "reference": found.enquiry.reference,
        "outcome": outcome.value,
        "enquiry_state": found.enquiry.state,
        "when": in_words(found.answered_at, settings.TIME_ZONE) if found.answered_at else "",
        "until": in_words(found.expires_at, settings.TIME_ZONE),
        "held": _held(found.enquiry) if said_yes else "",
        "lapses": [lapse.to_therapist for lapse in lapses(found.therapist)] if said_yes else [],
        "said": latest_said(found.enquiry, Side.THERAPIST) if outcome == OfferOutcome.NOT_A_FIT else None,
        "introduction": sign(Purpose.INTRODUCTION, found.pk, link_made_at),
        "token": sign(Purpose.OFFER, found.pk, link_made_at),
        "step_back_form": step_back_form or StepBackForm(),
    }
    status = 422 if step_back_form else 410 if outcome.is_gone else 200
    return render(request, "pages/offer_answered.html", context, status=status)


def _held(enquiry: Enquiry) -> str:
    held = enquiry.consultations.held().first()
    return time_for_therapist(held.during.lower, enquiry.time_zone) if held else ""


def _store(found: Offer, form: AnswerForm) -> None:
    answer = form.cleaned_data
    if answer["answer"] == "accept":
        accept(found.pk, form.confirmed_time(), answer["note"])
    else:
        decline(found.pk, DeclineReason(answer["reason"]), answer["note"])


def _show(
    request: HttpRequest,
    token: str,
    found: Offer,
    form: AnswerForm,
    question_form: QuestionForm | None = None,
) -> HttpResponse:
    enquiry = found.enquiry
    record_therapist_reading(enquiry, ReadingKind.OFFER, found.therapist)
    free_text = enquiry.free_text
    is_wrong = form.is_bound or question_form is not None
    context = {
        "token": token,
        "name": found.therapist.title,
        "reference": enquiry.reference,
        "until": found.expires_at,
        "concerns": enquiry.named_concerns(),
        "described": describe(enquiry),
        "message": free_text.message if free_text.may_be_shared else "",
        "gave_times": enquiry.preferred_times.exists(),
        "lapses": [lapse.to_therapist for lapse in lapses(found.therapist)],
        "questions": found.questions.all(),
        "question_form": question_form or QuestionForm(),
        "form": form,
    }
    return render(request, "pages/offer.html", context, status=422 if is_wrong else 200)
