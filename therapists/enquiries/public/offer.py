"""The page of an offer: what someone looks for, and not who it is, before the therapist answers."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from therapists.enquiries.access.access_log import record_therapist_reading
from therapists.enquiries.describing import describe, time_element
from therapists.enquiries.free_times import preferred_and_free
from therapists.enquiries.models import DeclineReason, Offer, ReadingKind
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.services.offers import OfferClosed, accept, decline
from therapists.enquiries.signed_links import Purpose, read_token

#: Of the times that the visitor gave.
NONE_OF_THEM = "none"


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("Yes, I have a place")), ("decline", _("No, not this time"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    time = forms.ChoiceField(
        label=_("When you could meet, if the answer is yes"),
        help_text=_("Held in your diary from now on. You both get an invitation with the introduction."),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("This time is no longer free. Choose another.")},
    )
    reason = forms.ChoiceField(
        label=_("Why, if the answer is no"),
        choices=[("", _("Choose a reason")), *DeclineReason.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Anything the matcher should know"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, found: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = preferred_and_free(found.enquiry, found.therapist)
        if not free:
            del self.fields["time"]
            return
        cast(forms.ChoiceField, self.fields["time"]).choices = [
            *((moment.isoformat(), time_element(moment, settings.TIME_ZONE)) for moment in free),
            (NONE_OF_THEM, _("None of these. I will propose others once you introduce us")),
        ]

    def confirmed_time(self) -> datetime | None:
        """The time that the therapist confirms."""
        chosen = self.cleaned_data.get("time") or NONE_OF_THEM
        return None if chosen == NONE_OF_THEM else datetime.fromisoformat(chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "accept" and cleaned.get("time") == "":
            self.add_error("time", _("Choose a time, or say that none of them works."))
        if cleaned.get("answer") == "decline" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason, so that the next match is better."))
        return cleaned


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so a mail scanner that opens the link answers nothing."""
    key = read_token(Purpose.OFFER, token)
    found = Offer.objects.select_related("enquiry", "therapist").filter(pk=key).first() if key else None
    if found is None:
        raise Http404
    if not found.is_open:
        return render(request, "pages/offer_closed.html", {"offer": found}, status=410)
    form = AnswerForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, found, form)
        except OfferClosed:
            return render(request, "pages/offer_closed.html", {"offer": found}, status=410)
        except ValidationError as error:
            # Another enquiry took the time meanwhile: here is what is left.
            form = AnswerForm(found, request.POST)
            if form.is_valid():
                form.add_error(None, error)
    return _show(request, token, found, form)


def _answered(request: HttpRequest, found: Offer, form: AnswerForm) -> HttpResponse:
    answer = form.cleaned_data
    says_yes = answer["answer"] == "accept"
    if says_yes:
        accept(found.pk, form.confirmed_time())
    else:
        decline(found.pk, DeclineReason(answer["reason"]), answer["note"])
    context = {"said_yes": says_yes, "time": form.confirmed_time() if says_yes else None}
    return render(request, "pages/offer_answered.html", context)


def _show(request: HttpRequest, token: str, found: Offer, form: AnswerForm) -> HttpResponse:
    enquiry = found.enquiry
    record_therapist_reading(enquiry, ReadingKind.OFFER, found.therapist)
    free_text = enquiry.free_text
    context = {
        "token": token,
        "reference": enquiry.reference,
        "until": found.expires_at,
        "concerns": enquiry.concerns.all(),
        "described": describe(enquiry),
        "message": free_text.message if free_text.may_be_shared else "",
        "gave_times": enquiry.preferred_times.exists(),
        "form": form,
    }
    return render(request, "pages/offer.html", context, status=422 if form.is_bound else 200)
