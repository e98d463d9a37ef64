"""A visitor's way through the steps of the form, rebuilt at each request from all that was answered.

Earlier answers are validated again at every step. Where they are kept in between:
docs/decisions/sealed-drafts.md.
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

from therapists.directory.listing import therapists_to_compare
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.free_times import open_times
from therapists.enums import SessionFormat
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.shortlist import Rung
from therapists.matching.form.contact import CheckForm, ContactForm
from therapists.matching.form.meeting_times import few_times
from therapists.matching.form.questions import Wording
from therapists.matching.form.refining import RefineForm
from therapists.matching.form.steps import (
    SOMETHING_ELSE,
    ChoiceForm,
    ConcernsForm,
    FormChoices,
    HowForm,
    SafetyForm,
    SomeoneElse,
    StepForm,
    WhoForm,
)
from therapists.matching.form.ticket import Ticket
from therapists.matching.services import AskedAbout, ExplainedSuggestion, Match, find_match, judge_asked_about
from therapists.models import TherapistPage


class Step(StrEnum):
    """The steps in the order of the form."""

    BEFORE = "before"
    CONCERNS = "concerns"
    WHO = "who"
    HOW = "how"
    #: Beside the suggestions, and only if wanted.
    REFINE = "refine"
    SUGGESTIONS = "suggestions"
    CONTACT = "contact"
    CHECK = "check"

    @property
    def number(self) -> int:
        return STEPS.index(self) + 1

    @property
    def heading(self) -> str | Promise:
        return HEADINGS[self]

    @property
    def before(self) -> "Step | None":
        """Where “Back” leads."""
        if self == Step.SUGGESTIONS:
            return Step.HOW
        return STEPS[self.number - 2] if self.number > 1 else None


STEPS = list(Step)
#: What has to be answered before anyone can be suggested.
NEEDED_STEPS = [Step.BEFORE, Step.CONCERNS, Step.WHO, Step.HOW]
#: What the suggestions are computed from. Contact details are only asked for after they were shown.
STEPS_BEFORE_SUGGESTIONS = STEPS[: STEPS.index(Step.SUGGESTIONS)]
HEADINGS: dict[Step, str | Promise] = {
    Step.BEFORE: _("Before we start"),
    Step.CONCERNS: _("What brings you here"),
    Step.WHO: _("Who would come"),
    Step.HOW: _("How and when you could meet"),
    Step.REFINE: _("Make these fit better"),
    Step.SUGGESTIONS: _("Therapists who may suit you"),
    Step.CONTACT: _("How we can reach you"),
    Step.CHECK: _("Is this right?"),
}
FORMS: dict[Step, type[StepForm]] = {
    Step.BEFORE: SafetyForm,
    Step.CONCERNS: ConcernsForm,
    Step.WHO: WhoForm,
    Step.HOW: HowForm,
    Step.REFINE: RefineForm,
    Step.SUGGESTIONS: ChoiceForm,
    Step.CONTACT: ContactForm,
    Step.CHECK: CheckForm,
}
#: The field, and its new value, that a visitor changes by agreeing to ease a limit they called firm.
ANSWERS_THAT_EASE: dict[Rung, tuple[str, str]] = {
    Rung.OTHER_TIMES: ("only_these_slots", ""),
    Rung.REDUCED_FEE: ("wants_reduced_fee", "on"),
}
#: Where nobody fits: the field, and its new values, by which an answer gives way.
ANSWERS_THAT_GIVE_WAY: dict[Exclusion, tuple[str, list[str]]] = {
    Exclusion.FORMAT: ("formats", SessionFormat.values),
    Exclusion.LANGUAGE: ("language_is_essential", []),
    Exclusion.GENDER: ("gender_is_essential", []),
    Exclusion.FEE_ABOVE_LIMIT: ("budget_is_firm", []),
    Exclusion.NO_SHARED_TIME: ("only_these_slots", []),
}


#: What is computed once from the answers, by its name.
_MADE_OF_ANSWERS = (
    "answers",
    "match",
    "asked_about",
    "suggestions",
    "therapist_choices",
    "profiles",
    "meeting_times",
)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a request leads: to a step, to help elsewhere, or, with neither, to sending the enquiry."""

    step: Step | None = None
    #: Whether the step is shown again because of its errors.
    has_errors: bool = False
    needs_other_help: bool = False


@dataclass
class Journey:
    """One visitor at the form. Nothing is validated or computed before it is asked for."""

    #: The answers of all steps together, as posted; empty for someone who just opened the form.
    data: QueryDict
    choices: FormChoices
    wordings: dict[str, Wording]
    extra_questions: Sequence[Wording]
    today: date
    #: The therapist whose profile the visitor came from.
    therapist: TherapistPage | None = None
    _bound: dict[Step, StepForm] = field(default_factory=dict, init=False)

    @cached_property
    def ticket(self) -> Ticket:
        return Ticket.read(self.data.get("ticket", "")) if self.data else Ticket.new()

    def bound_form(self, step: Step) -> StepForm:
        """Return the form of a step with its posted answers."""
        if step not in self._bound:
            self._bound[step] = self._make_form(step, self.data)
        return self._bound[step]

    def form[Form: StepForm](self, kind: type[Form]) -> Form:
        """Return the bound form of this class."""
        [step] = [step for step in STEPS if FORMS[step] is kind]
        return cast(Form, self.bound_form(step))

    def prefilled_form(self, step: Step) -> StepForm:
        """Return the form of a step with the posted answers as initial values: without errors."""
        fields = self.empty_form(step).fields
        initial = {
            name: field.widget.value_from_datadict(self.data, {}, name)
            for name, field in fields.items()
            if name != "consent"
        }
        return self._make_form(step, initial=initial)

    @property
    def needs_other_help(self) -> bool:
        """Whether this form cannot help the visitor: asked before any other answer is validated."""
        safety = self.form(SafetyForm)
        return safety.is_valid() and (safety.needs_other_help() or self.asks_for is not None)

    def needs_other_help_before(self, step: Step) -> bool:
        """Whether this step is out of reach. Where they say who would come is not: they may change it."""
        if step.number > Step.WHO.number:
            return self.needs_other_help
        safety = self.form(SafetyForm)
        return step != Step.BEFORE and safety.is_valid() and safety.needs_other_help()

    @property
    def asks_for(self) -> SomeoneElse | None:
        """For whom the visitor asks, where it is not for themselves."""
        who = self.form(WhoForm)
        return who.someone_else if who.is_valid() else None

    def errors(self, *steps: Step) -> dict[str, list[str]]:
        """Return the errors of these steps by field name."""
        wrong = (named for step in steps for named in self.bound_form(step).errors.items())
        return {name: [str(one) for one in words] for name, words in wrong}

    def first_wrong(self, until: Step) -> Step | None:
        """Return the first step, up to this one, whose answers are not valid."""
        return next((step for step in STEPS[: until.number] if not self.bound_form(step).is_valid()), None)

    def first_wrong_before(self, step: Step) -> Step | None:
        """Return the first step before this one whose answers are not valid."""
        return self.first_wrong(until=STEPS[step.number - 2]) if step.number > 1 else None

    def move(self, step: Step, button: str) -> Move:
        """Decide what follows the step that was posted, or the step that a button asked to go back to.

        `button` is empty, the name of an earlier step, or "ease-" and the name of a rung or of an exclusion.
        Without a button it is the first step that is not answered yet: whoever changes an earlier answer is
        not led through all that followed, and whom one asks about by name needs no suggestions.
        """
        if change := _changed_answer(button.removeprefix("ease-")):
            self.change(*change)
            step = Step.REFINE
        back_to = _member(Step, button)
        goes_back = back_to is not None and back_to.number < step.number
        wrong = self.first_wrong_before(back_to) if back_to and goes_back else self.first_wrong(until=step)
        if wrong:
            return Move(wrong, has_errors=True)
        reached = back_to if back_to and goes_back else STEPS[min(step.number, len(STEPS) - 1)]
        if self.needs_other_help_before(reached):
            return Move(needs_other_help=True)
        if goes_back:
            return Move(back_to)
        if step == Step.CHECK:
            return Move()
        return Move(Step.SUGGESTIONS) if step == Step.REFINE else self._first_unanswered()

    def _first_unanswered(self) -> Move:
        """An answer given before that holds no more, such as a time that went, is shown with its error."""
        if self.asks_for:
            return Move(Step.WHO)
        following = self.first_wrong(until=Step.CHECK) or Step.CHECK
        fields = self.bound_form(following).fields
        return Move(following, has_errors=any(self.data.getlist(name) for name in fields))

    @property
    def is_short_way(self) -> bool:
        """Whether the visitor asks about one therapist and is not asked the rest."""
        if self.therapist is None:
            return False
        return self.data.get("choice", str(self.therapist.pk)) == str(self.therapist.pk)

    def take_short_way(self) -> None:
        """Ask whoever comes from a profile for no more than that therapist needs to hear.

        What else the form would ask is answered by "not sure" and by every way in which the therapist meets
        people. It stands on the last page, where it can be changed.
        """
        if self.therapist:
            own = {"main_concern": [SOMETHING_ELSE], "formats": self.therapist.formats}
            for name, values in (own | {"choice": [str(self.therapist.pk)]}).items():
                if not self.data.getlist(name):
                    self.change(name, values)

    def leave_short_way(self) -> None:
        """Ask everything, where the therapist that was asked about cannot be suggested."""
        is_asked = self.therapist and self.data.get("choice") == str(self.therapist.pk)
        is_answered = self.first_wrong(until=Step.REFINE) is None and not self.needs_other_help
        if is_asked and is_answered and self.asked_about and self.asked_about.why_not:
            for name in ("main_concern", "formats", "choice"):
                self.change(name, [])

    def change(self, name: str, values: list[str]) -> None:
        """Change one answer, and forget what was made of the old one."""
        self.data = self.data.copy()
        self.data.setlist(name, values)
        self._bound.clear()
        for made in _MADE_OF_ANSWERS:
            self.__dict__.pop(made, None)

    @cached_property
    def answers(self) -> EnquiryAnswers:
        """The structured answers. The steps before the suggestions have to be valid."""
        main = self.form(ConcernsForm).cleaned_data["main_concern"]
        refined = self.form(RefineForm).cleaned_data
        cleaned = self.form(WhoForm).cleaned_data | self.form(HowForm).cleaned_data | refined
        chosen = dict.fromkeys([main, *refined["other_concerns"]])
        concerns = tuple(int(key) for key in chosen if key != SOMETHING_ELSE)
        return EnquiryAnswers.from_form(
            cleaned, concerns=concerns, main_is_unlisted=main == SOMETHING_ELSE and bool(concerns)
        )

    @cached_property
    def match(self) -> Match:
        return find_match(self.answers, draw_key=str(self.ticket.key), as_of=self.today)

    @cached_property
    def asked_about(self) -> AskedAbout | None:
        return judge_asked_about(self.match, self.therapist.pk) if self.therapist else None

    @cached_property
    def suggestions(self) -> list[ExplainedSuggestion]:
        """Whom the visitor may choose: first the one they asked about, if that one fits."""
        asked = self.asked_about.explained if self.asked_about else None
        if asked is None:
            return list(self.match.suggestions)
        return [asked, *(one for one in self.match.suggestions if one.therapist_id != asked.therapist_id)]

    @cached_property
    def therapist_choices(self) -> list[tuple[str, str]]:
        """The suggested therapists as choices: primary key and name."""
        keys = [one.therapist_id for one in self.suggestions]
        names = dict(TherapistPage.objects.filter(pk__in=keys).values_list("pk", "title"))
        return [(str(key), names[key]) for key in keys if key in names]

    @cached_property
    def profiles(self) -> dict[int, TherapistPage]:
        """The suggested therapists by primary key, with what is told of each."""
        return {
            page.pk: page for page in therapists_to_compare([one.therapist_id for one in self.suggestions])
        }

    @cached_property
    def meeting_times(self) -> list[datetime]:
        """When the chosen therapist is free, or, where the practice chooses, any of those suggested."""
        if self.first_wrong(until=Step.SUGGESTIONS):
            return []
        chosen = self.form(ChoiceForm).chosen_therapist()
        asked = [chosen] if chosen else [one.therapist_id for one in self.match.suggestions]
        usual = self.match.inputs.criteria.slots
        return few_times(open_times(asked, self.today), usual, self.answers.time_zone)

    def empty_form(self, step: Step, data: QueryDict | None = None, **kwargs: Any) -> StepForm:
        """Return the form of a step without the choices that depend on earlier answers."""
        if step == Step.CONTACT:
            kwargs["extra_questions"] = self.extra_questions
        return FORMS[step](data, choices=self.choices, wordings=self.wordings, **kwargs)

    def questions(self) -> dict[str, Field]:
        """Return the fields of all steps by name."""
        return {name: field for step in STEPS for name, field in self.empty_form(step).fields.items()}

    def _make_form(self, step: Step, data: QueryDict | None = None, **kwargs: Any) -> StepForm:
        form = self.empty_form(step, data, **kwargs)
        if isinstance(form, ChoiceForm):
            form.set_therapists(lambda: self.therapist_choices)
        if isinstance(form, RefineForm):
            form.leave_out(self.data.get("main_concern", ""))
        if isinstance(form, ContactForm) and self.meeting_times:
            form.set_times(self.meeting_times, self.answers.time_zone)
        return form


def _member[Name: StrEnum](names: type[Name], value: str) -> Name | None:
    return names(value) if value in names else None


def _changed_answer(name: str) -> tuple[str, list[str]] | None:
    """Return the answer, and its new values, that a button of this name changes."""
    if (rung := _member(Rung, name)) in ANSWERS_THAT_EASE:
        question, value = ANSWERS_THAT_EASE[rung]
        return question, [value]
    exclusion = _member(Exclusion, name)
    return ANSWERS_THAT_GIVE_WAY.get(exclusion) if exclusion else None
