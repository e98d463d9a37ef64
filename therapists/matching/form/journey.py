"""A visitor's way through the steps, rebuilt from what each request posts: nothing is kept in between.

Earlier answers travel as hidden fields and are checked again at every step. See
docs/decisions/matching-without-a-session.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from django.forms import Field
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.directory.listing import cards
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.free_times import open_times
from therapists.matching.engine.shortlist import Rung
from therapists.matching.form.contact import ContactForm
from therapists.matching.form.questions import Wording
from therapists.matching.form.steps import (
    ChoiceForm,
    ConcernsForm,
    Offered,
    PreferencesForm,
    SafetyForm,
    StepForm,
    TimesForm,
    enquiry_answers,
)
from therapists.matching.form.ticket import Ticket
from therapists.matching.inputs.meeting_times import few_times
from therapists.matching.suggesting import AskedAbout, Explained, Match, asked_about, find_match
from therapists.models import TherapistPage


class Step(StrEnum):
    BEFORE = "before"
    CONCERNS = "concerns"
    PREFERENCES = "preferences"
    TIMES = "times"
    SUGGESTIONS = "suggestions"
    CONTACT = "contact"

    @property
    def number(self) -> int:
        return STEPS.index(self) + 1

    @property
    def heading(self) -> str | Promise:
        return HEADINGS[self]

    @property
    def before(self) -> "Step | None":
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> "Step | None":
        return STEPS[self.number] if self.number < len(STEPS) else None


STEPS = list(Step)
#: What the suggestions are made from. How to reach someone is never asked for before they are seen.
TOLD_FIRST = STEPS[: STEPS.index(Step.SUGGESTIONS)]
HEADINGS: dict[Step, str | Promise] = {
    Step.BEFORE: _("Before we start"),
    Step.CONCERNS: _("What brings you here"),
    Step.PREFERENCES: _("What would suit you"),
    Step.TIMES: _("When, for whom and at what price"),
    Step.SUGGESTIONS: _("Therapists who may suit you"),
    Step.CONTACT: _("How we can reach you"),
}
FORMS: dict[Step, type[StepForm]] = {
    Step.BEFORE: SafetyForm,
    Step.CONCERNS: ConcernsForm,
    Step.PREFERENCES: PreferencesForm,
    Step.TIMES: TimesForm,
    Step.SUGGESTIONS: ChoiceForm,
    Step.CONTACT: ContactForm,
}
#: What a visitor changes by agreeing to ease a limit they called firm: which field, and to what.
EASED_BY: dict[Rung, tuple[str, str]] = {
    Rung.OTHER_TIMES: ("only_these_slots", ""),
    Rung.REDUCED_FEE: ("wants_reduced_fee", "on"),
}


@dataclass
class Journey:
    data: QueryDict
    offered: Offered
    wordings: dict[str, Wording]
    own_questions: Sequence[Wording]
    today: date
    #: Whose profile the visitor came from.
    therapist: TherapistPage | None = None
    _bound: dict[Step, StepForm] = field(default_factory=dict, init=False)

    @cached_property
    def ticket(self) -> Ticket:
        return Ticket.read(self.data.get("ticket", "")) if self.data else Ticket.new()

    def answered(self, step: Step) -> StepForm:
        """The step with what was posted for it, to be checked."""
        if step not in self._bound:
            self._bound[step] = self._form(step, self.data)
        return self._bound[step]

    def part[Form: StepForm](self, kind: type[Form]) -> Form:
        """The same, by the kind of form."""
        [step] = [step for step in STEPS if FORMS[step] is kind]
        return cast(Form, self.answered(step))

    def to_fill(self, step: Step) -> StepForm:
        """The step with what was posted for it, to be filled in or changed: nothing is called wrong yet."""
        fields = self.blank(step).fields
        initial = {
            name: field.widget.value_from_datadict(self.data, {}, name)
            for name, field in fields.items()
            if name != "consent"
        }
        return self._form(step, initial=initial)

    @property
    def needs_other_help(self) -> bool:
        """Asked before anything else: whoever this form cannot help need not answer the rest of it well."""
        safety = self.part(SafetyForm)
        return safety.is_valid() and safety.is_way_out()

    def errors(self, *steps: Step) -> dict[str, list[str]]:
        """What cannot stand in these steps, by the name of the question."""
        wrong = (named for step in steps for named in self.answered(step).errors.items())
        return {name: [str(one) for one in words] for name, words in wrong}

    def first_wrong(self, until: Step) -> Step | None:
        """The first step, up to this one, whose answers cannot stand."""
        return next((step for step in STEPS[: until.number] if not self.answered(step).is_valid()), None)

    def ease(self, rung: Rung) -> None:
        name, value = EASED_BY[rung]
        self.data = self.data.copy()
        self.data[name] = value
        self._bound.clear()

    def carried(self, shown: Step) -> list[tuple[str, str]]:
        """The answers of every other step, as names and values for hidden fields. Never the consent."""
        names = [name for step in STEPS if step != shown for name in self.blank(step).fields]
        return [(name, value) for name in names if name != "consent" for value in self.data.getlist(name)]

    @cached_property
    def answers(self) -> EnquiryAnswers:
        """Only where the first four steps are valid."""
        concerns = self.part(ConcernsForm).concerns()
        return enquiry_answers(concerns, self.part(PreferencesForm), self.part(TimesForm))

    @cached_property
    def match(self) -> Match:
        return find_match(self.answers, draw_key=str(self.ticket.key), as_of=self.today)

    @cached_property
    def asked_about_in_words(self) -> AskedAbout | None:
        return asked_about(self.match, self.therapist.pk) if self.therapist else None

    @cached_property
    def suggestions(self) -> list[Explained]:
        """Whom the visitor may choose: first the one they asked about, where that is possible."""
        asked = self.asked_about_in_words.explained if self.asked_about_in_words else None
        if asked is None:
            return list(self.match.suggestions)
        return [asked, *(one for one in self.match.suggestions if one.therapist_id != asked.therapist_id)]

    @cached_property
    def profiles(self) -> dict[int, TherapistPage]:
        return {page.pk: page for page in cards([one.therapist_id for one in self.suggestions])}

    @cached_property
    def meeting_times(self) -> list[datetime]:
        """When the therapist whom the visitor asks is free, or whoever was suggested to them."""
        if self.first_wrong(until=Step.SUGGESTIONS):
            return []
        chosen = self.part(ChoiceForm).chosen_therapist()
        asked = [chosen] if chosen else [one.therapist_id for one in self.match.suggestions]
        usual = self.match.inputs.criteria.slots
        return few_times(open_times(asked, self.today), usual, self.answers.time_zone)

    def blank(self, step: Step, data: QueryDict | None = None, **kwargs: Any) -> StepForm:
        """The step as anyone finds it, whatever was answered before."""
        if step == Step.CONTACT:
            kwargs["extra_questions"] = self.own_questions
        return FORMS[step](data, offered=self.offered, wordings=self.wordings, **kwargs)

    def questions(self) -> dict[str, Field]:
        """Every question of the form, by its name."""
        return {name: field for step in STEPS for name, field in self.blank(step).fields.items()}

    def _form(self, step: Step, data: QueryDict | None = None, **kwargs: Any) -> StepForm:
        form = self.blank(step, data, **kwargs)
        if isinstance(form, ChoiceForm):
            form.suggest([(str(pk), page.title) for pk, page in self.profiles.items()])
        if isinstance(form, ContactForm) and self.meeting_times:
            form.offer_times(self.meeting_times, self.answers.time_zone)
        return form
