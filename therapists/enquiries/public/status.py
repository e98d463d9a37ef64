"""The visitor's own page: where things stand, and the way out."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Site

from therapists.enquiries.models import Consultation, Enquiry
from therapists.enquiries.public.arranged_time import arranged_time
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.public.progress import enquiry_of, where_it_stands
from therapists.enquiries.services.consultations import cannot_make_it, choose
from therapists.enquiries.services.lifecycle import NotAllowed, withdraw
from therapists.enquiries.services.retention import OnLegalHold, erase

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
        return arranged_time(consultation.during.lower, self.time_zone)


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


@private_page
@require_http_methods(["GET", "HEAD"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, token, own_enquiry(token), ConfirmErasureForm())


@private_page
@require_POST
def choose_view(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = own_enquiry(token)
    form = ChooseTimeForm(enquiry, request.POST)
    if not form.is_valid():
        return _show(request, token, enquiry, ConfirmErasureForm(), time_form=form, status=422)
    try:
        choose(enquiry.pk, form.cleaned_data["time"].pk)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, token, enquiry, ConfirmErasureForm(), time_form=form, status=409)
    return redirect("enquiries:status", token)


@private_page
@require_POST
def cannot_make_it_view(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = own_enquiry(token)
    # Called off meanwhile, by the other side or by a second click: the page says so.
    with suppress(ValidationError):
        cannot_make_it(enquiry.pk)
    return redirect("enquiries:status", token)


@private_page
@require_POST
def withdraw_view(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = own_enquiry(token)
    # Closed or withdrawn meanwhile: the page says so.
    with suppress(NotAllowed):
        withdraw(enquiry.pk)
    return redirect("enquiries:status", token)


@private_page
@require_POST
def erase_view(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = own_enquiry(token)
    form = ConfirmErasureForm(request.POST)
    if not form.is_valid():
        return _show(request, token, enquiry, form, status=422)
    try:
        erase(enquiry.pk)
    except OnLegalHold:
        form.add_error(None, KEPT_BY_LAW)
        return _show(request, token, enquiry, form, status=409)
    return redirect("enquiries:erased")


@private_page
@require_http_methods(["GET", "HEAD"])
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/enquiry_erased.html")


def own_enquiry(token: str) -> Enquiry:
    """What a visitor's private link leads to, or "not found"."""
    enquiry = enquiry_of(token)
    if enquiry is None:
        raise Http404
    return enquiry


def _show(
    request: HttpRequest,
    token: str,
    enquiry: Enquiry,
    form: ConfirmErasureForm,
    *,
    time_form: ChooseTimeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stands = where_it_stands(enquiry, Site.find_for_request(request))
    confirmed = stands.confirmed
    context = vars(stands) | {
        "token": token,
        "confirmed": arranged_time(confirmed.during.lower, enquiry.time_zone) if confirmed else None,
        "time_form": time_form or ChooseTimeForm(enquiry),
        "form": form,
    }
    return render(request, "pages/enquiry_status.html", context, status=status)
