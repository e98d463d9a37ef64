"""What each request to the matching page is answered with. Thin: the way itself is in `journey`."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.request_bodies import is_too_large
from core.throttling import seconds_to_wait
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.services.submit import SentOtherwise
from therapists.matching.engine.shortlist import Rung
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.journey import EASED_BY, STEPS, Journey, Step
from therapists.matching.form.steps import NO, THE_PRACTICE, YES, ChoiceForm, SafetyForm
from therapists.matching.form.submission import CannotSend, send
from therapists.models import TherapistPage

if TYPE_CHECKING:
    from therapists.matching.models import MatchingPage

SENT_COOKIE = "enquiry_sent"
SENT_COOKIE_SECONDS = 30 * 60

WRONG_INPUT = 422
SENT_OTHERWISE = _(
    "We already have your enquiry, as you first sent it. To change what you told us, follow the link in our "
    "e-mail, or call us."
)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def steps(request: HttpRequest, page: "MatchingPage", asked_about: str = "") -> HttpResponse:
    if is_too_large(request):
        return _private(_page(request, page, "pages/matching_too_long.html", {}, status=413))
    if request.method != "POST" and "therapist" in request.GET:
        return _private(_with_therapist(request, page, request.GET["therapist"]))
    journey = _journey(request, page, asked_about)
    if request.method != "POST":
        return _private(_step(request, page, journey, Step.BEFORE))
    return _private(_go_on(request, page, journey))


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, page: "MatchingPage") -> HttpResponse:
    try:
        reference = request.get_signed_cookie(SENT_COOKIE, max_age=SENT_COOKIE_SECONDS)
    except (KeyError, BadSignature):
        return _private(HttpResponseRedirect(page.get_url(request)))
    enquiry = Enquiry.objects.filter(reference=reference).first()
    context = {
        "reference": reference,
        "shows_help": enquiry is not None and enquiry.may_be_at_risk,
        "reply_promise": reply_promise(page.get_site()),
    }
    return _private(_page(request, page, "pages/matching_sent.html", context))


def _journey(request: HttpRequest, page: "MatchingPage", asked_about: str) -> Journey:
    published = TherapistPage.objects.published()
    return page.journey(
        data=request.POST if request.method == "POST" else None,
        therapist=published.filter(slug=asked_about).first() if asked_about else None,
    )


def _with_therapist(request: HttpRequest, page: "MatchingPage", slug: str) -> HttpResponse:
    """Profiles link with `?therapist=<slug>`; from here on the address has no query, so none is kept."""
    address = page.get_url(request) or "/"
    is_known = slug.isprintable() and TherapistPage.objects.published().filter(slug=slug[:255]).exists()
    if not is_known:
        return HttpResponseRedirect(address)
    return HttpResponseRedirect(address + page.reverse_subpage("with_therapist", args=[slug]))


def _go_on(request: HttpRequest, page: "MatchingPage", journey: Journey) -> HttpResponse:
    """From the step that was answered to the next one, or back to where the visitor asked to go."""
    step = _named(request.POST.get("step", ""), Step)
    if step is None:
        return _step(request, page, journey, Step.BEFORE)
    move = request.POST.get("go", "")
    if (eased := _named(move.removeprefix("ease-"), Rung)) in EASED_BY:
        journey.ease(eased)
        step = Step.TIMES
    back_to = _named(move, Step)
    answered, shown = (
        (back_to.before, back_to) if back_to and back_to.number < step.number else (step, step.after)
    )
    if answered is not None:
        if wrong := journey.first_wrong(until=answered):
            return _step(request, page, journey, wrong, status=WRONG_INPUT)
        if journey.part(SafetyForm).is_way_out():
            return _way_out(request, page, journey)
    if shown is None:
        return _send(request, page, journey)
    return _step(request, page, journey, shown)


def _step(
    request: HttpRequest, page: "MatchingPage", journey: Journey, step: Step, status: int = 200
) -> HttpResponse:
    """One step to fill in, or, where the status is that of an error, as it was answered, to mend."""
    form = journey.to_fill(step) if status == 200 else journey.answered(step)
    context: dict[str, Any] = {
        "journey": journey,
        "step": step,
        "steps": STEPS,
        "form": form,
        "carried": journey.carried(step),
    }
    if step == Step.BEFORE:
        context["reply_promise"] = reply_promise(page.get_site())
    if isinstance(form, ChoiceForm):
        context |= _suggestions(journey, form)
    return _page(request, page, page.template, context, status=status)


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
        "leave_to_us": boxes[THE_PRACTICE],
        "questions": journey.match.result.questions,
    }


def _way_out(request: HttpRequest, page: "MatchingPage", journey: Journey) -> HttpResponse:
    """Who can help instead. Nothing that was answered is on this page, and nothing is kept."""
    safety = journey.part(SafetyForm).cleaned_data
    context = {"needs_help_today": safety["needs_help_today"] == YES, "is_under_age": safety["adult"] == NO}
    return _page(request, page, "pages/matching_way_out.html", context)


def _send(request: HttpRequest, page: "MatchingPage", journey: Journey) -> HttpResponse:
    if wait := seconds_to_wait(request, "sending"):
        response = _not_sent(request, page, journey, {NON_FIELD_ERRORS: [_too_many(wait)]}, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        enquiry = send(journey, page, journey.ticket.key)
    except CannotSend as problem:
        return _not_sent(request, page, journey, problem.errors)
    except SentOtherwise:
        return _not_sent(request, page, journey, {NON_FIELD_ERRORS: [str(SENT_OTHERWISE)]}, status=409)
    address = page.get_url(request) or "/"
    response = HttpResponseRedirect(address + page.reverse_subpage("sent"))
    response.set_signed_cookie(
        SENT_COOKIE,
        enquiry.reference,
        max_age=SENT_COOKIE_SECONDS,
        path=address,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _not_sent(
    request: HttpRequest,
    page: "MatchingPage",
    journey: Journey,
    errors: Mapping[str, Sequence[str]],
    status: int = WRONG_INPUT,
) -> HttpResponse:
    """The last step once more, with all that was typed, and why it was not sent."""
    form = journey.part(ContactForm)
    for name, words in errors.items():
        form.add_error(name if name in form.fields else None, list(words))
    if "consent" in errors:
        form.untick_consent()
    return _step(request, page, journey, Step.CONTACT, status=status)


def _too_many(wait: int) -> str:
    minutes = ceil(wait / 60)
    return ngettext(
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait a minute, and send it again.",
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait %(minutes)s minutes, and send it again.",
        minutes,
    ) % {"minutes": minutes}


def _page(
    request: HttpRequest, page: "MatchingPage", template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return TemplateResponse(request, template, page.get_context(request) | context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache and told to no other site. "no-referrer" would make browsers hide where a form
    comes from, and the protection against forged requests would turn every visitor away."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def _named[Name: StrEnum](value: str, names: type[Name]) -> Name | None:
    return names(value) if value in names else None
