"""The questions once more, each by itself, for a visitor who changes what they told.

A question has the fields of the form's step, with its validation. What one page changes is put into what is
stored at that moment, so that two open pages do not undo each other.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.answers import ANSWERS, EnquiryAnswers, FreeText, Told
from therapists.matching.form.contact import (
    NameForm,
    NotesForm,
    ReachForm,
    WordsForm,
    contact_of,
    extra_field,
)
from therapists.matching.form.meeting_times import MeetingForm, key_of
from therapists.matching.form.questions import Wording
from therapists.matching.form.refining import RefineForm
from therapists.matching.form.steps import (
    NO,
    SOMETHING_ELSE,
    THE_PRACTICE,
    YES,
    ChoiceForm,
    ConcernsForm,
    FieldChoices,
    FormChoices,
    ForWhomForm,
    HowForm,
    StepForm,
)


class ExtraForm(StepForm):
    """One question that the practice added."""


@dataclass(frozen=True, slots=True)
class ChangeableQuestion:
    """What is changed on one page: one question, and what belongs to it."""

    #: Of its address. It says which question it is, and nothing of the answer.
    key: str
    form: type[StepForm]
    fields: tuple[str, ...]
    #: What the page is called, where not by its first question.
    heading: str | Promise = ""
    #: The practice's own question as it was asked.
    wording: Wording | None = None

    @property
    def parts(self) -> list[tuple[str, ...]]:
        """Return the fields that are one answer together."""
        return [self.fields[:2], self.fields[2:]] if self.form is ReachForm else [self.fields]

    @property
    def is_looked_for(self) -> bool:
        """Whether it decides who may suit them, or whom they ask."""
        return not self.is_of_contact and self.form not in {MeetingForm, WordsForm, ExtraForm}

    @property
    def is_of_contact(self) -> bool:
        """Whether it is about who they are and how to reach them, and not about what they look for."""
        return self.form in {NameForm, ReachForm, NotesForm}


#: In the order of the form.
QUESTIONS = [
    ChangeableQuestion("concern", ConcernsForm, ("main_concern",)),
    ChangeableQuestion("other-concerns", RefineForm, ("other_concerns",)),
    ChangeableQuestion("who", ForWhomForm, ("client_group",)),
    ChangeableQuestion("how", HowForm, ("formats",)),
    ChangeableQuestion("start", HowForm, ("start_within",)),
    ChangeableQuestion("fee", RefineForm, ("budget", "budget_is_firm", "wants_reduced_fee")),
    ChangeableQuestion("week", RefineForm, ("slots", "time_zone", "only_these_slots")),
    ChangeableQuestion("gender", RefineForm, ("genders", "gender_is_essential")),
    ChangeableQuestion("language", RefineForm, ("language", "language_is_essential")),
    ChangeableQuestion("therapies", RefineForm, ("approaches",)),
    ChangeableQuestion("priority", RefineForm, ("matters_most",)),
    ChangeableQuestion("therapist", ChoiceForm, ("choice",)),
    ChangeableQuestion("times", MeetingForm, ("preferred_times",)),
    ChangeableQuestion("name", NameForm, ("name",)),
    ChangeableQuestion("pronouns", NameForm, ("pronouns",)),
    ChangeableQuestion(
        "reach",
        ReachForm,
        ("email", "safe_to_email", "phone", "safe_to_leave_message"),
        heading=_("How we can reach you"),
    ),
    ChangeableQuestion("notes", NotesForm, ("contact_notes",)),
    ChangeableQuestion("words", WordsForm, ("message", "message_may_be_shared")),
]


def questions_for(free_text: FreeText, asked_today: Collection[Wording]) -> dict[str, ChangeableQuestion]:
    """Return all questions by their keys: also those of the practice, of then and of today."""
    of_then = {label: Wording(label, "") for label, _answer in free_text.extra_answers}
    own = of_then | {wording.label: wording for wording in asked_today}
    extra = [
        ChangeableQuestion(_key_of(label), ExtraForm, ("answer",), wording=wording)
        for label, wording in own.items()
    ]
    return {question.key: question for question in [*QUESTIONS, *extra]}


def _key_of(label: str) -> str:
    return f"own-{hashlib.sha256(label.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Asking:
    """What the forms are made of today, for one enquiry."""

    told: Told
    choices: FormChoices
    wordings: Mapping[str, Wording]
    #: The words of what was chosen then, by the field, should it be no choice any more.
    given: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    therapists: FieldChoices = ()
    times: Collection[datetime] = ()

    def form(self, question: ChangeableQuestion, data: QueryDict | None = None) -> StepForm:
        """Return the form of one question, filled with what was told, or with what is posted."""
        initial = initial_of(self.told, question)
        form = question.form(data, choices=self.choices, wordings=self.wordings, initial=initial)
        form.keep_only(question.fields)
        if question.wording:
            form.fields["answer"] = extra_field(question.wording)
        if isinstance(form, ChoiceForm):
            form.set_therapists(lambda: self.therapists)
        elif isinstance(form, MeetingForm):
            form.set_times(self.times, self.told.answers.time_zone)
        elif isinstance(form, RefineForm) and "other_concerns" in form.fields:
            form.leave_out(initial["main_concern"])
        for name, given in self.given.items():
            if name in form.fields:
                form.add_given(name, given)
        return form


def initial_of(told: Told, question: ChangeableQuestion) -> dict[str, Any]:
    """Return what was told, as the values of the fields."""
    concerns, contact = told.answers.concerns, told.contact
    main = told.answers.main_concern
    safe_to_email = (YES if contact.safe_to_email else NO) if contact.email else ""
    return {
        **told.answers.to_form(),
        "main_concern": str(main) if main else SOMETHING_ELSE,
        "other_concerns": [str(key) for key in concerns if key != main],
        "choice": str(told.chosen_therapist or THE_PRACTICE),
        "preferred_times": [key_of(moment) for moment in sorted(told.preferred_times)],
        **asdict(contact),
        "safe_to_email": safe_to_email,
        "message": told.free_text.message,
        "message_may_be_shared": told.free_text.may_be_shared,
        "answer": dict(told.free_text.extra_answers).get(question.wording.label, "")
        if question.wording
        else "",
    }


def altered(told: Told, question: ChangeableQuestion, cleaned: Mapping[str, Any]) -> Told:
    """Return what is told once this question is answered so. The form has to be valid."""
    if question.is_of_contact:
        return replace(told, contact=contact_of(cleaned, told.contact))
    if question.wording:
        return replace(told, free_text=_with_extra(told.free_text, question.wording.label, cleaned["answer"]))
    if question.form is WordsForm:
        words = {"message": cleaned["message"], "may_be_shared": cleaned["message_may_be_shared"]}
        return replace(told, free_text=replace(told.free_text, **words))
    if question.form is MeetingForm:
        return replace(told, preferred_times=frozenset(cleaned["preferred_times"]))
    if question.form is ChoiceForm:
        chosen = cleaned["choice"]
        return replace(told, chosen_therapist=None if chosen == THE_PRACTICE else int(chosen))
    return replace(told, answers=_answers(told.answers, cleaned))


def _with_extra(free_text: FreeText, label: str, answer: str) -> FreeText:
    answers = dict(free_text.extra_answers) | {label: answer}
    return replace(free_text, extra_answers=tuple((one, said) for one, said in answers.items() if said))


def _answers(before: EnquiryAnswers, cleaned: Mapping[str, Any]) -> EnquiryAnswers:
    """Take over the answers whose fields were asked."""
    changes = {
        name: kind.from_form(cleaned[kind.form_field or name])
        for name, kind in ANSWERS.items()
        if not kind.is_asked_in_two and (kind.form_field or name) in cleaned
    }
    return replace(before, **changes, **_concerns(before, cleaned))


def _concerns(before: EnquiryAnswers, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    if not cleaned.keys() & {"main_concern", "other_concerns"}:
        return {}
    known = before.main_concern
    main = cleaned.get("main_concern", str(known) if known else SOMETHING_ELSE)
    others = cleaned.get("other_concerns", [str(key) for key in before.concerns if key != known])
    chosen = [int(key) for key in dict.fromkeys([main, *others]) if key != SOMETHING_ELSE]
    return {"concerns": tuple(chosen), "main_is_unlisted": main == SOMETHING_ELSE and bool(chosen)}
