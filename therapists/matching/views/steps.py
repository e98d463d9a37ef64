"""The steps of the form: keep in the draft what one posts, send it where it is the last, and redirect.

Every page of the form is asked for with GET, so that going back, forward and reloading ask nothing.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.caching.content_memory import answering
from core.request_bodies import is_too_large
from core.throttling import seconds_to_wait
from home.models import PracticeSettings
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.submit import NobodyToReceive, SentOtherwise
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.draft import Draft, DraftStore, Refusal
from therapists.matching.form.journey import Journey, Move, Step
from therapists.matching.form.steps import SafetyForm, WhoForm
from therapists.matching.form.submission import HONEYPOT, SubmissionRefused, submit
from therapists.matching.form.ticket import Ticket
from therapists.matching.inputs.uk_time import UK, time_zones
from therapists.matching.text.closed_form import not_sent_words
from therapists.matching.views.showing import (
    SENT_COOKIE,
    SENT_COOKIE_SECONDS,
    WRONG_INPUT,
    FormPage,
    private,
    published_therapist,
    show,
    show_step,
)
from therapists.models import TherapistPage

TOO_MANY, CONFLICT, CLOSED = 429, 409, 503
SENT_OTHERWISE = _(
    "We already have your enquiry, as you first sent it. To change what you told us, follow the link in our "
    "e-mail, or call us."
)
#: What the last step posts beside the agreement.
BESIDE_CONSENT = ("consent_version", HONEYPOT)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def steps(request: HttpRequest, page: FormPage, step: Step, asked_about: str = "") -> HttpResponse:
    """Show a step, or answer to one that was posted. `asked_about` is the slug of a therapist."""
    if is_too_large(request):
        return private(page.response("pages/matching_too_long.html", {}, status=413))
    if request.method == "POST":
        return private(_answer_post(request, page, asked_about))
    if "therapist" in request.GET:
        return private(_redirect_to_therapist(page, request.GET["therapist"]))
    return private(show(request, page, step, asked_about))


def _answer_post(request: HttpRequest, page: FormPage, asked_about: str) -> HttpResponse:
    store = DraftStore(request, page.url("steps"))
    step, button = request.POST.get("step", ""), request.POST.get("go", "")
    if button == "clear":
        store.erase()
        response: HttpResponse = HttpResponseRedirect(page.url("cleared"))
        response["Clear-Site-Data"] = '"cache"'
    elif step not in Step:
        response = HttpResponseRedirect(page.url("steps"))
    else:
        response = _answer_step(request, page, store, Step(step), button, asked_about)
    store.set_cookie(response)
    return response


def _answer_step(
    request: HttpRequest, page: FormPage, store: DraftStore, step: Step, button: str, asked_about: str
) -> HttpResponse:
    # Of two tabs that post at the same moment, each adds to what the other told. A draft is no content: what
    # is remembered of that holds.
    with transaction.atomic(), answering():
        draft = store.read(lock=True)
        if draft is None:
            store.begin_anew()
            ticket = Ticket.read(request.POST.get("ticket", ""))
            if known := Enquiry.objects.filter(idempotency_key=ticket.key).first():
                return _sent_before(request, page, step, known)
            if wait := seconds_to_wait(request, "previewing"):
                journey = page.journey(data=request.POST, therapist=published_therapist(asked_about))
                return show_step(page, journey, step, refusal=_too_many(wait))
        move, draft = _keep(request, page, step, button, asked_about, draft)
        store.keep(draft)
    if move.needs_other_help:
        return HttpResponseRedirect(page.url("other_help"))
    if move.step is None:
        # Anew: what is stored is made of what is true now.
        journey = page.journey(data=draft.data(), therapist=published_therapist(draft.therapist))
        return _send(request, page, store, draft, journey)
    return HttpResponseRedirect(page.url_of(move.step, draft.therapist))


def _keep(
    request: HttpRequest, page: FormPage, step: Step, button: str, asked_about: str, known: Draft | None
) -> tuple[Move, Draft]:
    """Return what follows, and the draft with what this step posted."""
    draft = known or Draft()
    names = [*page.journey().empty_form(step).fields, *(BESIDE_CONSENT if step == Step.CHECK else ())]
    draft.keep(request.POST, names)
    if step == Step.WHO and "time_zone" not in draft.answers:
        # That of the browser, until the visitor says another. It is among the answers to check.
        own = request.POST.get("own_time_zone", "")
        draft.answers |= {"time_zone": [own]} if own in time_zones() - {UK} else {}
    if step == Step.BEFORE:
        draft.therapist = asked_about if published_therapist(asked_about) else ""
    if step != Step.CHECK or button:
        # Agreement counts for the moment of sending alone.
        draft.answers.pop("consent", None)
    posted_ticket = request.POST.get("ticket", "")
    if "ticket" not in draft.answers or not Ticket.is_ours(posted_ticket):
        draft.answers["ticket"] = [posted_ticket]
    journey = page.journey(data=draft.data(), therapist=published_therapist(draft.therapist))
    if step == Step.BEFORE:
        journey.take_short_way()
    elif step == Step.WHO:
        journey.leave_short_way()
    move = journey.move(step, button)
    draft.answers = dict(journey.data.lists())
    if move.needs_other_help and not journey.asks_for:
        # Nothing else is of use to anyone then.
        draft.answers = {
            name: values
            for name, values in draft.answers.items()
            if name in {*SafetyForm.base_fields, *WhoForm.base_fields, "ticket"}
        }
    elif known is None and step != Step.BEFORE:
        draft.is_after_an_end = True
    elif move.has_errors and move.step:
        draft.wrong_step = move.step.value
    return move, draft


def _send(
    request: HttpRequest, page: FormPage, store: DraftStore, draft: Draft, journey: Journey
) -> HttpResponse:
    try:
        if wait := seconds_to_wait(request, "sending"):
            return _refuse(page, store, draft, journey, _too_many(wait))
        enquiry = submit(journey, page.consent, journey.ticket.key)
    except SubmissionRefused as refused:
        return _refuse(page, store, draft, journey, _refusal(refused.errors))
    except NobodyToReceive:
        words = not_sent_words(PracticeSettings.for_site(page.site))
        return _refuse(page, store, draft, journey, _refusal({NON_FIELD_ERRORS: [words]}, CLOSED))
    except SentOtherwise:
        words = str(SENT_OTHERWISE)
        return _refuse(page, store, draft, journey, _refusal({NON_FIELD_ERRORS: [words]}, CONFLICT))
    store.erase()
    return _thank(request, page, enquiry)


def _refuse(
    page: FormPage, store: DraftStore, draft: Draft, journey: Journey, refusal: Refusal
) -> HttpResponse:
    """Keep everything that was typed, and why it was not sent, and lead to the last step again."""
    draft.refusal = refusal
    draft.answers["ticket"] = [journey.ticket.signed]
    store.keep(draft)
    return HttpResponseRedirect(page.url_of(Step.CHECK))


def _sent_before(request: HttpRequest, page: FormPage, step: Step, known: Enquiry) -> HttpResponse:
    """Thank for what was sent a moment ago, in another tab or by a second click; its draft is erased.

    What was told otherwise this time is not dropped in silence: it is shown again, and kept nowhere.
    """
    journey = page.journey(data=request.POST)
    form = journey.form(ContactForm)
    if step != Step.CONTACT:
        return _thank(request, page, known)
    times = list(known.preferred_times.values_list("starts", flat=True))
    form.set_times(times, known.time_zone)
    if (
        form.is_valid()
        and (form.contact(), form.free_text()) == (known.contact, known.free_text)
        and set(form.cleaned_data["preferred_times"]) == set(times)
    ):
        return _thank(request, page, known)
    refusal = _refusal({NON_FIELD_ERRORS: [str(SENT_OTHERWISE)]}, CONFLICT)
    return show_step(page, journey, step, refusal=refusal)


def _refusal(errors: Mapping[str, Sequence[str]], status: int = WRONG_INPUT) -> Refusal:
    return Refusal({name: list(map(str, words)) for name, words in errors.items()}, status)


def _too_many(wait: int) -> Refusal:
    minutes = ceil(wait / 60)
    words = ngettext(
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait a minute, and send it again.",
        "A lot was sent from your connection just now, so this has not been sent yet. Nothing you wrote is "
        "lost. Please wait %(minutes)s minutes, and send it again.",
        minutes,
    ) % {"minutes": minutes}
    return Refusal({NON_FIELD_ERRORS: [words]}, TOO_MANY, wait)


def _thank(request: HttpRequest, page: FormPage, enquiry: Enquiry) -> HttpResponse:
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


def _redirect_to_therapist(page: FormPage, slug: str) -> HttpResponse:
    """Profiles link with `?therapist=<slug>`. From here on the address has no query that could be logged."""
    is_known = slug.isprintable() and TherapistPage.objects.published().filter(slug=slug[:255]).exists()
    return HttpResponseRedirect(page.url("with_therapist", slug) if is_known else page.url("steps"))
