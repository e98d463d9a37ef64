"""What a therapist sees before saying yes: what someone looks for, and not who it is."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from therapists.enquiries.access_log import record_therapist_reading
from therapists.enquiries.describing import describe
from therapists.enquiries.links import Purpose, read_token
from therapists.enquiries.models import DeclineReason, Offer
from therapists.enquiries.models.access import Reading
from therapists.enquiries.offers import OfferClosed, accept, decline
from therapists.enquiries.public.private_page import private_page
from therapists.enquiries.public.throttle import is_too_often


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("Yes, I have a place")), ("decline", _("No, not this time"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "decline" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason, so that the next match is better."))
        return cleaned


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so a mail scanner that opens the link answers nothing."""
    if is_too_often(token):
        return render(request, "pages/enquiry_too_often.html", status=429)
    key = read_token(Purpose.OFFER, token)
    found = Offer.objects.select_related("enquiry", "therapist").filter(pk=key).first() if key else None
    if found is None:
        raise Http404
    if not found.is_open:
        return render(request, "pages/offer_closed.html", {"offer": found}, status=410)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, found, form.cleaned_data)
        except OfferClosed:
            return render(request, "pages/offer_closed.html", {"offer": found}, status=410)
    return _show(request, token, found, form)


def _answered(request: HttpRequest, found: Offer, answer: dict[str, str]) -> HttpResponse:
    if answer["answer"] == "accept":
        accept(found.pk)
    else:
        decline(found.pk, DeclineReason(answer["reason"]), answer["note"])
    return render(request, "pages/offer_answered.html", {"said_yes": answer["answer"] == "accept"})


def _show(request: HttpRequest, token: str, found: Offer, form: AnswerForm) -> HttpResponse:
    enquiry = found.enquiry
    record_therapist_reading(enquiry, Reading.OFFER, found.therapist)
    free_text = enquiry.free_text
    context = {
        "token": token,
        "reference": enquiry.reference,
        "until": found.expires_at,
        "concerns": enquiry.concerns.all(),
        "described": describe(enquiry),
        "message": free_text.message if free_text.may_be_shared else "",
        "form": form,
    }
    return render(request, "pages/offer.html", context, status=422 if form.is_bound else 200)
