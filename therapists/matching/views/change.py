"""Change one answer of an enquiry by private link: its question as the form asks it, and a new ranking."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.languages import active_language, in_language
from therapists.enquiries.free_times import open_times
from therapists.enquiries.models import Enquiry
from therapists.enquiries.public.told_answers import CHANGED_COOKIE, ToldAnswer, ToldAnswers
from therapists.enquiries.public.visitor_page import visitor_page
from therapists.enquiries.services.change import (
    DECIDED,
    TooLate,
    change_answers,
    may_change,
    may_change_contact,
)
from therapists.enquiries.services.offers import LONGEST_SHORTLIST
from therapists.enquiries.services.submit import store_suggestions
from therapists.enums import Language
from therapists.matching.form.changing import Asking, ChangeableQuestion, altered, questions_for
from therapists.matching.form.chosen_words import words_of
from therapists.matching.form.meeting_times import MeetingForm, few_times
from therapists.matching.form.questions import wordings
from therapists.matching.form.steps import ChoiceForm, FieldChoices, FormChoices, StepForm
from therapists.matching.inputs.uk_time import in_uk_time
from therapists.matching.models import MatchingPage
from therapists.matching.services import rank_again
from therapists.models import TherapistPage

#: So long it is said on the status page what was changed, should nobody look.
CHANGED_SECONDS = 60


@visitor_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str, enquiry: Enquiry, key: str) -> HttpResponse:
    question = _questions(enquiry).get(key)
    if question is None:
        raise Http404
    if not _may_be_changed(enquiry, question):
        return redirect("enquiries:status", token)
    asking = _asking(enquiry, question)
    form = asking.form(question, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(enquiry, question, form, token, is_secure=request.is_secure())
    context = {
        "token": token,
        "form": form,
        "question": question,
        "heading": question.heading or form.fields[question.fields[0]].label,
        "stops_something": question.is_looked_for and enquiry.state in DECIDED,
    }
    return render(request, "pages/change_answer.html", context, status=422 if form.is_bound else 200)


def _answer(
    enquiry: Enquiry, question: ChangeableQuestion, form: StepForm, token: str, *, is_secure: bool
) -> HttpResponse:
    address = reverse("enquiries:status", args=[token])
    is_changed = False
    # Introduced while the page was open: the status page says so.
    with suppress(TooLate):
        is_changed = _change(enquiry, question, form.cleaned_data)
    # Whoever may be in danger sees first who helps now, at the top.
    is_at_risk = enquiry.follow_ups.unread_for_safety().exists()
    response = HttpResponseRedirect(address if is_at_risk else f"{address}#told")
    if is_changed:
        response.set_cookie(
            CHANGED_COOKIE,
            question.key,
            max_age=CHANGED_SECONDS,
            path=address,
            secure=is_secure,
            httponly=True,
            samesite="Strict",
        )
    return response


@transaction.atomic
def _change(enquiry: Enquiry, question: ChangeableQuestion, cleaned: dict[str, Any]) -> bool:
    """Store the new answer and the ranking that follows from it, or neither. Return whether it is new."""
    before = change_answers(enquiry.pk, lambda told: altered(told, question, cleaned))
    if before is None:
        return False
    changed = Enquiry.objects.get(pk=enquiry.pk)
    if changed.answers() != before.answers:
        store_suggestions(changed, rank_again(changed, timezone.localdate()).run_to_store())
    return True


def read_told(enquiry: Enquiry, token: str, changed: str) -> ToldAnswers:
    """Return all that was told, in the words of the form, each with where it can be changed."""
    asking, questions = _asking(enquiry), _questions(enquiry)
    told = ToldAnswers(changed=_label(asking, questions[changed]) if changed in questions else "")
    for question in questions.values():
        form = asking.form(question)
        address = ""
        if _may_be_changed(enquiry, question):
            address = reverse("matching:change", args=[token, question.key])
        for names in question.parts:
            row = ToldAnswer(str(form[names[0]].label), _words(form, names), address)
            (told.answered if row.answers else told.unanswered).append(row)
    return told


def _words(form: StepForm, names: tuple[str, ...]) -> list[str]:
    """Return the answer, then what was said beside it: a tick by its label, anything else after its own."""
    first, *beside = (form[name] for name in names)
    words = words_of(first)
    for field in beside:
        said = words_of(field)
        if field.widget_type == "checkbox":
            words += [str(field.label)] if said else []
        elif said:
            words.append(f"{field.label} {', '.join(said)}")
    return words


def _label(asking: Asking, question: ChangeableQuestion) -> str:
    return str(question.heading or asking.form(question).fields[question.fields[0]].label)


def _may_be_changed(enquiry: Enquiry, question: ChangeableQuestion) -> bool:
    return may_change_contact(enquiry) if question.is_of_contact else may_change(enquiry)


def _page() -> MatchingPage | None:
    """Return the form in the visitor's language, or in another where there is none."""
    pages = MatchingPage.objects.live()
    return in_language(pages, active_language()).first() or pages.first()


def _questions(enquiry: Enquiry) -> dict[str, ChangeableQuestion]:
    page = _page()
    asked_today = [row.wording() for row in page.extra_questions.all()] if page else []
    return questions_for(enquiry.free_text, asked_today)


def _asking(enquiry: Enquiry, question: ChangeableQuestion | None = None) -> Asking:
    """Return what the forms show: what was told, and for one that is to be answered its choices of today."""
    page = _page()
    told = enquiry.told()
    chosen = enquiry.chosen_therapist
    therapists: FieldChoices = [(str(chosen.pk), chosen.title)] if chosen else []
    times = sorted(told.preferred_times)
    if question and question.form is ChoiceForm:
        therapists = _therapists(enquiry)
    elif question and question.form is MeetingForm:
        times = sorted({*_free_times(enquiry), *times})
    return Asking(
        told=told,
        choices=FormChoices.today(),
        wordings=page.wordings() if page else wordings({}),
        given=_given(enquiry),
        therapists=therapists,
        times=times,
    )


def _given(enquiry: Enquiry) -> dict[str, dict[str, str]]:
    concerns = {str(row.concern_id): row.label for row in enquiry.concerns.all() if row.concern_id}
    approaches = {str(row.therapy_id): row.label for row in enquiry.approaches.all() if row.therapy_id}
    main, told = enquiry.answers().main_concern, enquiry.answers().languages
    return {
        "main_concern": {key: words for key, words in concerns.items() if key == str(main)},
        "other_concerns": {key: words for key, words in concerns.items() if key != str(main)},
        "approaches": approaches,
        "language": {language.value: str(Language(language).label) for language in told},
    }


def _therapists(enquiry: Enquiry) -> FieldChoices:
    """Return whom they may ask today: those who are suggested, and first whom they asked, while public."""
    suggested = [one.therapist_id for one in rank_again(enquiry, timezone.localdate()).suggestions]
    keys = [key for key in dict.fromkeys([enquiry.chosen_therapist_id, *suggested]) if key]
    names = dict(TherapistPage.objects.published().filter(pk__in=keys).values_list("pk", "title"))
    return [(str(key), names[key]) for key in keys if key in names]


def _free_times(enquiry: Enquiry) -> list[datetime]:
    """Return what the contact step would offer today."""
    today = timezone.localdate()
    asked = [therapist.pk for therapist in enquiry.suggested_therapists()[:LONGEST_SHORTLIST]]
    if enquiry.chosen_therapist_id:
        asked = [enquiry.chosen_therapist_id]
    usual = in_uk_time(enquiry.answers().slots, enquiry.time_zone, today)
    return few_times(open_times(asked, today), usual, enquiry.time_zone)
