"""The visitor's private page: how far the enquiry is, choosing a time, withdrawing and erasing."""

from contextlib import suppress
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Site

from core.email_addresses import likely_address
from core.languages import language_or_default, override_language
from therapists.enquiries.describing import in_words, time_element
from therapists.enquiries.models import Consultation, ConsultationOutcome, Enquiry, MessageKind, Side
from therapists.enquiries.public.outcome_form import OutcomeForm
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.public.progress import progress_of
from therapists.enquiries.public.told_answers import CHANGED_COOKIE, told_answers
from therapists.enquiries.public.visitor_page import visitor_page
from therapists.enquiries.services.change import may_change_contact
from therapists.enquiries.services.consultations import cannot_make_it, choose, say_running_late
from therapists.enquiries.services.lifecycle import NotAllowed, withdraw
from therapists.enquiries.services.outcomes import outcomes_to_say, report_outcome
from therapists.enquiries.services.retention import OnLegalHold
from therapists.enquiries.services.safety import erase_or_wait
from therapists.enquiries.services.undoing_withdrawal import undo_withdrawal
from therapists.enquiries.working_time import out_of_hours_words

KEPT_BY_LAW = _("The law obliges us to keep this for now. Please write to us or call.")


class ConfirmErasureForm(forms.Form):
    confirm = forms.BooleanField(
        label=_("Yes, erase everything I told you"),
        error_messages={"required": _("Tick the box if you are sure. Nothing has been erased.")},
    )


class TimeField(forms.ModelChoiceField):
    """Names each time in the visitor's time zone."""

    time_zone = "UTC"

    def label_from_instance(self, consultation: Consultation) -> str:
        return time_element(consultation.during.lower, self.time_zone)


class ChooseTimeForm(forms.Form):
    time = TimeField(
        Consultation.objects.none(),
        label=_("Which time suits you?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("This time is no longer free. Choose another."),
        },
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time"]
        assert isinstance(field, TimeField)  # noqa: S101 - for the type checker
        field.time_zone = enquiry.time_zone
        field.queryset = enquiry.consultations.proposed()


@visitor_page
@require_http_methods(["GET", "HEAD"])
def status(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    return _show(request, token, enquiry, ConfirmErasureForm())


@visitor_page
@require_POST
def choose_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    form = ChooseTimeForm(enquiry, request.POST)
    if not form.is_valid():
        return _show(request, token, enquiry, ConfirmErasureForm(), time_form=form, status=422)
    try:
        choose(enquiry.pk, form.cleaned_data["time"].pk)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, token, enquiry, ConfirmErasureForm(), time_form=form, status=409)
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def cannot_make_it_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    # Called off meanwhile, by the other side or by a second click: the page says so.
    with suppress(ValidationError):
        cannot_make_it(enquiry.pk)
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def running_late_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    # Over or called off meanwhile: the page says so.
    with suppress(ValidationError):
        say_running_late(enquiry.pk)
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def outcome_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    form = OutcomeForm(outcomes_to_say(enquiry, Side.VISITOR), request.POST)
    if not form.is_valid():
        return _show(request, token, enquiry, ConfirmErasureForm(), outcome_form=form, status=422)
    outcome = ConsultationOutcome(form.cleaned_data["outcome"])
    # Nothing to say yet, or any more: the page says so.
    with suppress(ValidationError):
        report_outcome(enquiry.pk, Side.VISITOR, outcome, form.cleaned_data["words"])
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def withdraw_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    # Closed or withdrawn meanwhile: the page says so.
    with suppress(NotAllowed):
        withdraw(enquiry.pk)
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def undo_withdrawal_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    # Undone meanwhile, or too late: the page says so.
    with suppress(NotAllowed):
        undo_withdrawal(enquiry.pk)
    return redirect("enquiries:status", token)


@visitor_page
@require_POST
def erase_view(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    form = ConfirmErasureForm(request.POST)
    if not form.is_valid():
        return _show(request, token, enquiry, form, status=422)
    try:
        waits_until = erase_or_wait(enquiry.pk)
    except OnLegalHold:
        form.add_error(None, KEPT_BY_LAW)
        return _show(request, token, enquiry, form, status=409)
    return redirect("enquiries:status", token) if waits_until else _redirect_to_erased(enquiry)


@private_page
@require_http_methods(["GET", "HEAD"])
def erased(request: HttpRequest, language: str = "") -> HttpResponse:
    """Nothing is left that says in which language they wrote: the address does."""
    context = {"decision_years": settings.ENQUIRY_KEEP_YEARS_DECISIONS}
    with override_language(language_or_default(language)):
        return render(request, "pages/enquiry_erased.html", context)


def _redirect_to_erased(enquiry: Enquiry) -> HttpResponse:
    language = language_or_default(enquiry.language)
    return redirect("enquiries:erased", *([] if language == settings.LANGUAGE_CODE else [language]))


def _reach(enquiry: Enquiry) -> dict[str, Any]:
    """Return how we reach the visitor, what they probably meant, and whether the link went out anew."""
    contact = enquiry.contact
    email = contact.email if contact.may_be_emailed else ""
    letters = enquiry.messages.filter(kind=MessageKind.ACKNOWLEDGEMENT)
    return {
        "email": email,
        "phone": contact.phone,
        "likely_email": likely_address(email),
        "link_went_anew": bool(email) and letters.count() > 1,
    }


def _show(
    request: HttpRequest,
    token: str,
    enquiry: Enquiry,
    form: ConfirmErasureForm,
    *,
    time_form: ChooseTimeForm | None = None,
    outcome_form: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    progress = progress_of(enquiry, Site.find_for_request(request))
    confirmed, undo_until = progress.confirmed, progress.may_undo_until
    is_unread = enquiry.follow_ups.unread_for_safety().exists()
    context = vars(progress) | {
        "token": token,
        **_reach(enquiry),
        "shows_help": is_unread and not progress.erasure_due_at,
        "told": told_answers(enquiry, token, request.COOKIES.get(CHANGED_COOKIE, "")),
        "may_change_contact": may_change_contact(enquiry),
        "out_of_hours": out_of_hours_words() if enquiry.may_be_at_risk else "",
        "is_over": confirmed is not None and confirmed.is_over,
        "confirmed": time_element(confirmed.during.lower, enquiry.time_zone) if confirmed else None,
        "time_form": time_form or ChooseTimeForm(enquiry),
        "erased_by": in_words(progress.erasure_due_at, enquiry.time_zone) if progress.erasure_due_at else "",
        "outcome_form": outcome_form or OutcomeForm(progress.may_say),
        "undo_until": in_words(undo_until, enquiry.time_zone) if undo_until else "",
        "form": form,
    }
    response = render(request, "pages/enquiry_status.html", context, status=status)
    if CHANGED_COOKIE in request.COOKIES:
        response.delete_cookie(
            CHANGED_COOKIE, path=reverse("enquiries:status", args=[token]), samesite="Strict"
        )
    return response
