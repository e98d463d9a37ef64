"""The views behind the routes of the matching page. What follows which step is decided in `form.journey`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from core.request_bodies import is_too_large
from core.throttling import seconds_to_wait
from home.models import PracticeSettings
from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.answers import Consent
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.services.submit import NobodyToReceive, SentOtherwise
from therapists.enquiries.working_time import out_of_hours_words
from therapists.matching.engine.shortlist import EASES
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.journey import STEPS, Journey, Step
from therapists.matching.form.steps import NO, THE_PRACTICE, YES, ChoiceForm, SafetyForm
from therapists.matching.form.submission import SubmissionRefused, submit
from therapists.matching.text.closed_form import not_sent_words
from therapists.matching.text.visitor import gives_way
from therapists.models import TherapistPage
from therapists.models.availability import bookings_on

SENT_COOKIE = "enquiry_sent"
SENT_COOKIE_SECONDS = 30 * 60

WRONG_INPUT = 422
CLOSED = 503
SENT_OTHERWISE = _(
    "We already have your enquiry, as you first sent it. To change what you told us, follow the link in our "
    "e-mail, or call us."
)


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the views use of the matching page, during one request."""

    site: Site
    is_preview: bool
    consent: Consent
    #: Return the address of a route of the page, by its name and arguments.
    url: Callable[..., str]
    #: Return a journey with these answers and the therapist that the visitor asked about.
    journey: Callable[..., Journey]
    #: Return the response of a template, by default that of the steps, with this context.
    render: Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def steps(request: HttpRequest, page: FormPage, asked_about: str = "") -> HttpResponse:
    """Show a step, or answer to one that was posted. `asked_about` is the slug of a therapist."""
    if is_too_large(request):
        return _private(_render(page, "pages/matching_too_long.html", {}, status=413))
    if request.method != "POST" and "therapist" in request.GET:
        return _private(_redirect_to_therapist(page, request.GET["therapist"]))
    if request.method != "POST" and not page.is_preview and not reaches_somebody():
        # Whoever is filling it in goes on: what they typed is kept until they can send it.
        return _private(_render(page, "pages/matching_closed.html", {}))
    journey = page.journey(
        data=request.POST if request.method == "POST" else None,
        therapist=TherapistPage.objects.published().filter(slug=asked_about).first() if asked_about else None,
    )
    if request.method != "POST":
        return _private(_show_step(page, journey, Step.BEFORE))
    return _private(_answer_post(request, page, journey))


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Thank the visitor who has just sent an enquiry; redirect anyone else to the form."""
    try:
        reference = request.get_signed_cookie(SENT_COOKIE, max_age=SENT_COOKIE_SECONDS)
    except (KeyError, BadSignature):
        return _private(HttpResponseRedirect(page.url("steps")))
    enquiry = Enquiry.objects.filter(reference=reference).first()
    shows_help = enquiry is not None and enquiry.may_be_at_risk
    context = {
        "reference": reference,
        "shows_help": shows_help,
        "out_of_hours": out_of_hours_words() if shows_help else "",
        "reply_promise": reply_promise(page.site),
    }
    return _private(_render(page, "pages/matching_sent.html", context))


def _redirect_to_therapist(page: FormPage, slug: str) -> HttpResponse:
    """Profiles link with `?therapist=<slug>`. From here on the address has no query that could be logged."""
    is_known = slug.isprintable() and TherapistPage.objects.published().filter(slug=slug[:255]).exists()
    return HttpResponseRedirect(page.url("with_therapist", slug) if is_known else page.url("steps"))


def _answer_post(request: HttpRequest, page: FormPage, journey: Journey) -> HttpResponse:
    move = journey.move(request.POST.get("step", ""), request.POST.get("go", ""))
    if move.needs_other_help:
        return _show_other_help(page, journey)
    if move.step is None:
        return _submit(request, page, journey)
    return _show_step(page, journey, move.step, status=WRONG_INPUT if move.has_errors else 200)


def _show_step(page: FormPage, journey: Journey, step: Step, status: int = 200) -> HttpResponse:
    """Show a step to fill in or, with the status of an error, with its answers and their errors."""
    form = journey.prefilled_form(step) if status == 200 else journey.bound_form(step)
    context: dict[str, Any] = {
        "journey": journey,
        "step": step,
        "steps": STEPS,
        "form": form,
        "hidden_fields": journey.hidden_fields(step),
    }
    if step == Step.BEFORE:
        context["reply_promise"] = reply_promise(page.site)
    if isinstance(form, ChoiceForm):
        context |= _suggestions(journey, form)
    return _render(page, None, context, status=status)


def _suggestions(journey: Journey, form: ChoiceForm) -> dict[str, Any]:
    boxes = {str(box.data["value"]): box for box in form["choice"]}
    return {
        "suggestions": [
            {
                "box": boxes[str(one.therapist_id)],
                "therapist": journey.profiles[one.therapist_id],
                "reasons": one.reasons,
                "cautions": one.cautions,
                "was_asked_about": journey.therapist is not None and one.therapist_id == journey.therapist.pk,
            }
            for one in journey.suggestions
            if one.therapist_id in journey.profiles
        ],
        "the_practice_box": boxes[THE_PRACTICE],
        "bookings": bookings_on(journey.today),
        "offered_easings": journey.match.result.offered_easings,
        "could_give_way": [] if journey.suggestions else _could_give_way(journey),
    }


def _could_give_way(journey: Journey) -> list[tuple[str, str]]:
    """Return for each answer that could give way what that would bring, and the value of its button."""
    offered = {EASES[easing.rung] for easing in journey.match.result.offered_easings}
    return [
        (gives_way(answer), f"ease-{answer.exclusion}")
        for answer in journey.match.result.could_give_way
        if answer.exclusion not in offered
    ]


def _show_other_help(page: FormPage, journey: Journey) -> HttpResponse:
    """Show who can help instead. No answer is on this page, and nothing is stored."""
    safety = journey.form(SafetyForm).cleaned_data
    context = {"needs_help_today": safety["needs_help_today"] == YES, "is_under_age": safety["adult"] == NO}
    return _render(page, "pages/matching_other_help.html", context)


def _submit(request: HttpRequest, page: FormPage, journey: Journey) -> HttpResponse:
    if wait := seconds_to_wait(request, "sending"):
        response = _show_refusal(page, journey, {NON_FIELD_ERRORS: [_too_many(wait)]}, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        enquiry = submit(journey, page.consent, journey.ticket.key)
    except SubmissionRefused as refused:
        return _show_refusal(page, journey, refused.errors)
    except NobodyToReceive:
        words = not_sent_words(PracticeSettings.for_site(page.site))
        return _show_refusal(page, journey, {NON_FIELD_ERRORS: [words]}, status=CLOSED)
    except SentOtherwise:
        return _show_refusal(page, journey, {NON_FIELD_ERRORS: [str(SENT_OTHERWISE)]}, status=409)
    response = HttpResponseRedirect(page.url("sent"))
    response.set_signed_cookie(
        SENT_COOKIE,
        enquiry.reference,
        max_age=SENT_COOKIE_SECONDS,
        path=page.url("steps"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _show_refusal(
    page: FormPage, journey: Journey, errors: Mapping[str, Sequence[str]], status: int = WRONG_INPUT
) -> HttpResponse:
    """Show the last step again with everything that was typed, and why it was not sent."""
    journey.form(ContactForm).add_errors(errors)
    return _show_step(page, journey, Step.CONTACT, status=status)


def _too_many(wait: int) -> str:
    minutes = ceil(wait / 60)
    return ngettext(
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait a minute, and send it again.",
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait %(minutes)s minutes, and send it again.",
        minutes,
    ) % {"minutes": minutes}


def _render(page: FormPage, template: str | None, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = page.render(template=template, context_overrides=context)
    response.status_code = status
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Forbid caching, and keep the address from other sites.

    Not "no-referrer": browsers would then hide where a form comes from, and the protection against forged
    requests would refuse every visitor.
    """
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "same-origin"
    return response
