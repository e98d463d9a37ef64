"""What each request to the matching page is answered with. Thin: the way itself is in `journey`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from therapists.enquiries.answers import Consent, NewEnquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reply_time import reply_promise
from therapists.enquiries.services import receive_enquiry
from therapists.matching.contact_form import ContactForm
from therapists.matching.forms import NO, THE_PRACTICE, YES, ChoiceForm, Offered, SafetyForm
from therapists.matching.journey import EASED_BY, STEPS, Journey, Step
from therapists.matching.shortlist import Rung
from therapists.models import TherapistPage

if TYPE_CHECKING:
    from therapists.matching.models import MatchingPage

#: All answers together are far smaller. What is larger was not typed by a visitor.
LARGEST_BODY = 64 * 1024
SENT_COOKIE = "enquiry_sent"
SENT_COOKIE_SECONDS = 30 * 60

WRONG_INPUT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def steps(request: HttpRequest, page: "MatchingPage", asked_about: str = "") -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
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
        "shows_help": enquiry is not None and enquiry.state == State.SAFETY_HOLD,
        "reply_promise": reply_promise(page.get_site()),
    }
    return _private(_page(request, page, "pages/matching_sent.html", context))


def _journey(request: HttpRequest, page: "MatchingPage", asked_about: str) -> Journey:
    data = request.POST if request.method == "POST" else QueryDict()
    published = TherapistPage.objects.published()
    return Journey(
        data=data,
        offered=Offered.today(),
        wordings=page.wordings(),
        own_questions=page.own_questions(),
        today=timezone.localdate(),
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
            return _step(request, page, journey, wrong, checked=True)
        if journey.part(SafetyForm).is_way_out():
            return _way_out(request, page, journey)
    if shown is None:
        return _send(request, page, journey)
    return _step(request, page, journey, shown)


def _step(
    request: HttpRequest, page: "MatchingPage", journey: Journey, step: Step, checked: bool = False
) -> HttpResponse:
    """One step to fill in, or, once checked and found wrong, to mend."""
    form = journey.answered(step) if checked else journey.to_fill(step)
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
    return _page(request, page, page.template, context, status=WRONG_INPUT if checked else 200)


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
    form = journey.part(ContactForm)
    if request.POST.get("consent_version") != page.consent_version:
        form.refuse_old_consent()
    if request.POST.get("website"):
        form.add_error(None, _("Please leave the field called “website” empty, and send it once more."))
    elif journey.ticket.objection:
        form.add_error(None, journey.ticket.objection)
    if form.errors:
        return _step(request, page, journey, Step.CONTACT, checked=True)
    try:
        enquiry = receive_enquiry(
            NewEnquiry(
                idempotency_key=journey.ticket.key,
                answers=journey.answers,
                contact=form.contact(),
                consent=Consent(version=page.consent_version, text=page.consent_text),
                free_text=form.free_text(),
                chosen_therapist=journey.part(ChoiceForm).chosen_therapist(),
                preferred_times=form.cleaned_data["preferred_times"],
                suggestions=journey.match.run_to_keep(),
            )
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return _step(request, page, journey, Step.CONTACT, checked=True)
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
