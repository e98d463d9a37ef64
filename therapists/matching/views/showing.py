"""Show the pages of the form: its steps, who can help instead, and the thanks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from core.email_addresses import likely_address
from home.fee_figures import in_pounds
from therapists.enquiries.access.team import reaches_somebody
from therapists.enquiries.answers import Consent
from therapists.enquiries.models import Enquiry
from therapists.enquiries.reports.reply_time import reply_promise
from therapists.enquiries.signed_links import Purpose, address, token
from therapists.enquiries.working_time import out_of_hours_words
from therapists.matching.engine.shortlist import EASES
from therapists.matching.form.checking import CheckedAnswer, answers_to_check
from therapists.matching.form.draft import Draft, DraftStore, Refusal
from therapists.matching.form.journey import NEEDED_STEPS, Journey, Step
from therapists.matching.form.steps import NO, THE_PRACTICE, YES, ChoiceForm, SafetyForm
from therapists.matching.services import ExplainedSuggestion
from therapists.matching.text.visitor import gives_way
from therapists.models import TherapistPage
from therapists.models.availability import bookings_on

WRONG_INPUT = 422
SENT_COOKIE = "enquiry_sent"
SENT_COOKIE_SECONDS = 30 * 60


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

    def url_of(self, step: Step, therapist: str = "") -> str:
        """Return the address of a step. That of the first one names the therapist they came from."""
        if step != Step.BEFORE:
            return self.url("step", step.value)
        return self.url("with_therapist", therapist) if therapist else self.url("steps")

    def response(self, template: str | None, context: dict[str, Any], status: int = 200) -> HttpResponse:
        response = self.render(template=template, context_overrides=context)
        response.status_code = status
        return response


def private(response: HttpResponse) -> HttpResponse:
    """Forbid caching, and keep the address from other sites.

    Not "no-referrer": browsers would then hide where a form comes from, and the protection against forged
    requests would refuse every visitor.
    """
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "same-origin"
    return response


def published_therapist(slug: str) -> TherapistPage | None:
    """Return the profile that visitors ask for by its address; of an alias, the original."""
    page = TherapistPage.objects.published().filter(slug=slug).first() if slug else None
    return TherapistPage.objects.published().filter(pk=page.alias_of_id or page.pk).first() if page else None


def show(request: HttpRequest, page: FormPage, step: Step, asked_about: str) -> HttpResponse:
    store = DraftStore(request, page.url("steps"))
    draft = store.read()
    if draft is None and not page.is_preview and not reaches_somebody():
        # Whoever is filling it in goes on: what they typed is kept until they can send it.
        return page.response("pages/matching_closed.html", {})
    if draft is None and step != Step.BEFORE:
        return HttpResponseRedirect(page.url("sent" if just_sent(request) else "steps"))
    therapist = draft.therapist if draft and step != Step.BEFORE else asked_about
    journey = page.journey(data=draft.data() if draft else None, therapist=published_therapist(therapist))
    if draft and step != Step.BEFORE:
        if wrong := journey.first_wrong_before(step):
            return HttpResponseRedirect(page.url_of(wrong, draft.therapist))
        if journey.needs_other_help_before(step):
            return HttpResponseRedirect(page.url("other_help"))
    refusal = draft.refusal if draft and step == Step.CHECK else None
    return show_step(page, journey, step, draft, refusal)


@require_http_methods(["GET", "HEAD"])
def other_help(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Show who can help instead. No answer is in the address or the title."""
    draft = DraftStore(request, page.url("steps")).read()
    journey = page.journey(data=draft.data()) if draft else None
    if journey is None or not journey.needs_other_help:
        return private(HttpResponseRedirect(page.url("steps")))
    safety = journey.form(SafetyForm).cleaned_data
    context = {
        "needs_help_today": safety["needs_help_today"] == YES,
        "is_under_age": safety["adult"] == NO,
        "asks_for": journey.asks_for,
    }
    return private(page.response("pages/matching_other_help.html", context))


@require_http_methods(["GET", "HEAD"])
def cleared(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Say that the answers are erased."""
    return private(page.response("pages/matching_cleared.html", {}))


@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Thank the visitor who has just sent an enquiry; redirect anyone else to the form."""
    reference = just_sent(request)
    if not reference:
        return private(HttpResponseRedirect(page.url("steps")))
    enquiry = Enquiry.objects.select_related("chosen_therapist").filter(reference=reference).first()
    shows_help = enquiry is not None and enquiry.may_be_at_risk
    context = {
        "reference": reference,
        "shows_help": shows_help,
        "out_of_hours": out_of_hours_words() if shows_help else "",
        "reply_promise": reply_promise(page.site),
    }
    if enquiry is not None:
        contact = enquiry.contact
        context |= {
            "email": contact.email if contact.may_be_emailed else "",
            "phone": contact.phone,
            "likely_email": likely_address(contact.email) if contact.may_be_emailed else "",
            "asked": enquiry.chosen_therapist,
            "private_link": address(Purpose.STATUS, enquiry.pk),
            "change_link": reverse("matching:change", args=[token(Purpose.STATUS, enquiry.pk), "reach"]),
        }
    return private(page.response("pages/matching_sent.html", context))


def just_sent(request: HttpRequest) -> str:
    """Return the reference of what this browser sent lately, or nothing."""
    try:
        return request.get_signed_cookie(SENT_COOKIE, max_age=SENT_COOKIE_SECONDS) or ""
    except (KeyError, BadSignature):
        return ""


def show_step(
    page: FormPage,
    journey: Journey,
    step: Step,
    draft: Draft | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show a step to fill in, or with the errors of what was posted last, or why that was refused.

    An error has its status although it is asked for with GET, so that it can be counted.
    """
    has_errors = refusal is not None or (draft is not None and draft.wrong_step == step)
    form = journey.bound_form(step) if has_errors else journey.prefilled_form(step)
    status = 200
    if has_errors and not form.is_valid():
        status = WRONG_INPUT
    if refusal:
        form.add_refusal(refusal.errors)
        status = refusal.status
    context: dict[str, Any] = {
        "journey": journey,
        "step": step,
        "needed_steps": NEEDED_STEPS,
        "form": form,
        "is_held": draft is not None,
        "is_after_an_end": draft is not None and draft.is_after_an_end,
    }
    if step == Step.BEFORE:
        context["reply_promise"] = reply_promise(page.site)
    if isinstance(form, ChoiceForm):
        told = answers_to_check(journey, NEEDED_STEPS)
        context |= _suggestions(journey, form) | {"told": _with_addresses(page, told)}
    if step == Step.CHECK:
        context["checked"] = _with_addresses(page, answers_to_check(journey))
    response = page.response(None, context, status)
    if refusal and refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _suggestions(journey: Journey, form: ChoiceForm) -> dict[str, Any]:
    boxes = {str(box.data["value"]): box for box in form["choice"]}
    return {
        "suggestions": [
            {
                "box": boxes[str(one.therapist_id)],
                "therapist": journey.profiles[one.therapist_id],
                **_fees(journey, one),
                "reasons": one.reasons,
                "cautions": one.cautions,
                "was_asked_about": journey.therapist is not None and one.therapist_id == journey.therapist.pk,
            }
            for one in journey.suggestions
            if one.therapist_id in journey.profiles
        ],
        "refine_form": journey.prefilled_form(Step.REFINE),
        "the_practice_box": boxes[THE_PRACTICE],
        "bookings": bookings_on(journey.today),
        "offered_easings": journey.match.result.offered_easings,
        "could_give_way": [] if journey.suggestions else _could_give_way(journey),
    }


def _fees(journey: Journey, one: ExplainedSuggestion) -> dict[str, str]:
    """Return what a session costs this visitor, and less if they ask, each empty where it is not known."""
    fee = one.suggestion.ranked.candidate.fees.get(journey.answers.client_group)
    return {
        "fee": in_pounds(fee.full) if fee else "",
        "reduced_fee": in_pounds(fee.reduced) if fee and fee.reduced is not None else "",
    }


def _with_addresses(page: FormPage, answers: Iterable[CheckedAnswer]) -> list[dict[str, Any]]:
    return [
        {
            "question": one.question,
            "answers": one.answers,
            "meant": one.meant,
            "address": page.url_of(one.step),
        }
        for one in answers
    ]


def _could_give_way(journey: Journey) -> list[tuple[str, str]]:
    """Return for each answer that could give way what that would bring, and the value of its button."""
    offered = {EASES[easing.rung] for easing in journey.match.result.offered_easings}
    return [
        (gives_way(answer), f"ease-{answer.exclusion}")
        for answer in journey.match.result.could_give_way
        if answer.exclusion not in offered
    ]
