"""Change the answers of an enquiry by private link: the questions of the matching form, and a new ranking."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.languages import active_language, in_language
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.free_times import open_times
from therapists.enquiries.models import Enquiry
from therapists.enquiries.public.visitor_page import visitor_page
from therapists.enquiries.services.change import TooLate, change_answers, may_change
from therapists.enquiries.services.offers import LONGEST_SHORTLIST
from therapists.enquiries.services.submit import store_suggestions
from therapists.matching.form.contact import ReachForm
from therapists.matching.form.meeting_times import MeetingForm, few_times, key_of
from therapists.matching.form.questions import wordings
from therapists.matching.form.refining import WishesForm
from therapists.matching.form.steps import FormChoices, ForWhomForm, HowForm
from therapists.matching.inputs.uk_time import in_uk_time
from therapists.matching.models import MatchingPage
from therapists.matching.services import rank_again


class ChangeForm(ForWhomForm, HowForm, WishesForm, MeetingForm, ReachForm):
    """The steps that may change, on one page, with the validation of each."""

    field_order = [
        *ForWhomForm.base_fields,
        *HowForm.base_fields,
        *WishesForm.base_fields,
        *MeetingForm.base_fields,
        *ReachForm.base_fields,
    ]

    def wishes(self) -> list[Any]:
        asked_apart = {"time_zone", *MeetingForm.base_fields, *ReachForm.base_fields}
        return [field for field in self if field.name not in asked_apart]

    def reach(self) -> list[Any]:
        return [self[name] for name in ReachForm.base_fields]


@visitor_page
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str, enquiry: Enquiry) -> HttpResponse:
    if not may_change(enquiry):
        return redirect("enquiries:status", token)
    form = _form(enquiry, request)
    if request.method == "POST" and form.is_valid():
        # Introduced while the form was open: the status page says so.
        with suppress(TooLate):
            _change(enquiry, form)
        return redirect("enquiries:status", token)
    context = {"token": token, "form": form}
    return render(request, "pages/change_preferences.html", context, status=422 if form.is_bound else 200)


def _form(enquiry: Enquiry, request: HttpRequest) -> ChangeForm:
    pages = MatchingPage.objects.live()
    page = in_language(pages, active_language()).first() or pages.first()
    data = request.POST if request.method == "POST" else None
    words = page.wordings() if page else wordings({})
    form = ChangeForm(data, choices=FormChoices.today(), wordings=words, initial=_initial(enquiry))
    form.set_times(_meeting_times(enquiry), enquiry.time_zone)
    return form


def _meeting_times(enquiry: Enquiry) -> list[datetime]:
    """Return what the contact step would offer today, and the times already given, even one held for them."""
    today = timezone.localdate()
    asked = [therapist.pk for therapist in enquiry.suggested_therapists()[:LONGEST_SHORTLIST]]
    if enquiry.chosen_therapist_id:
        asked = [enquiry.chosen_therapist_id]
    usual = in_uk_time(enquiry.answers().slots, enquiry.time_zone, today)
    few = few_times(open_times(asked, today), usual, enquiry.time_zone)
    return sorted({*few, *_given_times(enquiry)})


def _given_times(enquiry: Enquiry) -> list[datetime]:
    return list(enquiry.preferred_times.to_come().values_list("starts", flat=True))


def _initial(enquiry: Enquiry) -> dict[str, Any]:
    return {
        **enquiry.answers().to_form(),
        **ChangeForm.initial_of(enquiry.contact),
        "preferred_times": [key_of(moment) for moment in _given_times(enquiry)],
    }


@transaction.atomic
def _change(enquiry: Enquiry, form: ChangeForm) -> None:
    """Store the new answers and the ranking that follows from them, or neither."""
    before = enquiry.answers()
    answers = EnquiryAnswers.from_form(
        form.cleaned_data, concerns=before.concerns, main_is_unlisted=before.main_is_unlisted
    )
    if change_answers(enquiry.pk, answers, form.contact(), form.cleaned_data["preferred_times"]):
        changed = Enquiry.objects.get(pk=enquiry.pk)
        store_suggestions(changed, rank_again(changed, timezone.localdate()).run_to_store())
