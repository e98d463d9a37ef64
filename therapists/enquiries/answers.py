"""What a visitor tells the practice, as plain values: the form makes them, a service stores them.

`EnquiryAnswers` is the one declaration of the structured answers. To add one, write it there, and add the
column of the same name to `Enquiry` (or the rows, see `AnswerRow`) and a field to a step of the form. From
the declaration follow:

- `EnquiryAnswers.from_form(cleaned_data)`: the answers of valid steps of the form, and of the API, which
  is answered through the same steps;
- `answers.to_form()`: the initial values of a form that changes them;
- `services.submit.receive_enquiry()` and `services.change.change_answers()`: storing them;
- `enquiry.answers()`: the stored answers as plain values, which the matching reads;
- `describing.describe(enquiry)`: the answers in words, for people and for a copy of all that is kept.

No value here prints what it holds: a log line or an error report never shows an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self, get_type_hints
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.answer_kinds import (
    AnswerKind,
    AnyOf,
    AtMostOneOf,
    ChosenPages,
    Condition,
    Money,
    OneOf,
    Slots,
    YesOrNo,
)
from therapists.enquiries.enums import Priority, StartHorizon
from therapists.enums import ClientGroup, Gender, Language, SessionFormat, Slot

#: Enough for a therapist to find one among them.
MOST_PREFERRED_TIMES = 3

_ESSENTIAL = _("%(answer)s (essential)")
_NOTHING_ELSE = _("%(answer)s (nothing else)")


@dataclass(frozen=True, repr=False)
class EnquiryAnswers:
    """The structured answers, in the order in which they are listed in words.

    What was not answered is empty or None, and counts neither way.
    """

    #: Primary keys of concern pages, the main one first, where it is among them. Empty: something else, or
    #: not sure.
    concerns: Annotated[tuple[int, ...], ChosenPages(is_asked_in_two=True)]
    client_group: Annotated[ClientGroup, OneOf(ClientGroup, heading=_("For"))]
    #: Any of these will do.
    formats: Annotated[tuple[SessionFormat, ...], AnyOf(SessionFormat, heading=_("Ways to meet"))]
    #: Primary keys of the therapy pages asked about.
    approaches: Annotated[tuple[int, ...], ChosenPages(heading=_("Therapies they asked about"))] = ()
    #: Any of these will do. Empty: no preference.
    genders: Annotated[
        tuple[Gender, ...],
        AnyOf(
            Gender, heading=_("Therapist’s gender"), condition=Condition("gender_is_essential", _ESSENTIAL)
        ),
    ] = ()
    gender_is_essential: Annotated[bool, YesOrNo()] = False
    #: Any of these will do. Empty: no preference.
    languages: Annotated[
        tuple[Language, ...],
        AtMostOneOf(
            Language,
            heading=_("Languages"),
            condition=Condition("language_is_essential", _ESSENTIAL),
            form_field="language",
        ),
    ] = ()
    language_is_essential: Annotated[bool, YesOrNo()] = False
    slots: Annotated[
        frozenset[Slot],
        Slots(
            heading=_("Times"), condition=Condition("only_these_slots", _NOTHING_ELSE), is_in_time_zone=True
        ),
    ] = frozenset()
    only_these_slots: Annotated[bool, YesOrNo()] = False
    start_within: Annotated[StartHorizon | None, OneOf(StartHorizon, heading=_("Start"))] = None
    #: In pounds for one session.
    budget: Annotated[
        Decimal | None,
        Money(
            words=_("up to £%(amount)s a session"),
            heading=_("Fee"),
            condition=Condition("budget_is_firm", _NOTHING_ELSE),
        ),
    ] = None
    budget_is_firm: Annotated[bool, YesOrNo()] = False
    wants_reduced_fee: Annotated[bool, YesOrNo(heading=_("Reduced fee"), yes=_("asked for"))] = False
    matters_most: Annotated[Priority | None, OneOf(Priority, heading=_("Matters most"))] = None
    #: An IANA name. Slots are in this time zone.
    time_zone: Annotated[str, AnswerKind[str]()] = "Europe/London"
    #: They named concerns, and what brings them most is none of these: something else, or not sure.
    main_is_unlisted: Annotated[bool, YesOrNo(is_asked_in_two=True)] = False

    @classmethod
    def from_form(
        cls, cleaned_data: Mapping[str, Any], *, concerns: tuple[int, ...], main_is_unlisted: bool
    ) -> Self:
        """Return the answers of the cleaned data of all steps together.

        The concerns come beside it: they have a field for the main one and another for the rest.
        """
        return cls(
            concerns=concerns,
            main_is_unlisted=main_is_unlisted,
            **{
                name: kind.from_form(cleaned_data[kind.form_field or name])
                for name, kind in ANSWERS.items()
                if not kind.is_asked_in_two
            },
        )

    def to_form(self) -> dict[str, Any]:
        """Return the initial values of the fields that ask for these answers, but for the concerns."""
        return {
            kind.form_field or name: kind.to_form(getattr(self, name))
            for name, kind in ANSWERS.items()
            if not kind.is_asked_in_two
        }

    @property
    def main_concern(self) -> int | None:
        """None where the visitor did not find themselves in the list."""
        return self.concerns[0] if self.concerns and not self.main_is_unlisted else None


def _declared() -> dict[str, AnswerKind[Any]]:
    hints = get_type_hints(EnquiryAnswers, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


#: The kind of each answer, by its name, in the order of the declaration.
ANSWERS = _declared()


@dataclass(frozen=True, repr=False)
class ContactDetails:
    """How to reach someone, and which ways are safe for them."""

    name: str
    email: str = ""
    phone: str = ""
    pronouns: str = ""
    #: False where someone else may read their e-mail: then the practice writes nothing.
    safe_to_email: bool = True
    safe_to_leave_message: bool = False
    #: When and how to call, in the visitor's words.
    contact_notes: str = ""

    @property
    def may_be_emailed(self) -> bool:
        return bool(self.email and self.safe_to_email)


@dataclass(frozen=True, repr=False)
class FreeText:
    """What someone writes in their own words."""

    message: str = ""
    #: Only then may a therapist read it.
    may_be_shared: bool = False
    #: Answers to questions that the practice added: the question as shown, then the answer.
    extra_answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, repr=False)
class Told:
    """All that somebody told, as it may be changed later."""

    answers: EnquiryAnswers
    contact: ContactDetails
    free_text: FreeText
    #: Those that are to come.
    preferred_times: frozenset[datetime]
    #: The therapist they asked about. None: the practice chooses.
    chosen_therapist: int | None

    @property
    def own_words(self) -> list[str]:
        """Whatever may tell of danger."""
        extra = [answer for _question, answer in self.free_text.extra_answers]
        return [self.free_text.message, self.contact.contact_notes, *extra]


@dataclass(frozen=True)
class Consent:
    """Which wording was agreed to. The text itself is hashed, so that it can be proved later."""

    version: str
    text: str


@dataclass(frozen=True)
class RankedTherapist:
    """One ranked therapist. The contributions sum to the score."""

    therapist: int
    score: float
    contributions: Mapping[str, float] = field(default_factory=dict)
    #: Whole sentences, as the visitor saw them.
    reasons: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    #: For the matcher alone: "86.2; level with two others; first because 1 of 4 places is used".
    matcher_note: str = ""


@dataclass(frozen=True)
class SuggestionRun:
    """One run of the ranking, best first, with what is needed to replay it."""

    weights_version: str
    as_of: date
    inputs_hash: str
    suggestions: tuple[RankedTherapist, ...] = ()
    #: How many were left out, by reason code.
    excluded: Mapping[str, int] = field(default_factory=dict)
    #: All inputs of the ranking, as plain values: from them it gives the same answer again.
    inputs: Mapping[str, Any] = field(default_factory=dict)
    #: How far the ranking had to reach: the fallback rung, empty if none.
    rung: str = ""


@dataclass(frozen=True, repr=False)
class NewEnquiry:
    """Everything that `services.receive_enquiry` stores in one go."""

    #: Made by whoever sends it: the same key again is the same enquiry.
    idempotency_key: UUID
    #: Made when the form is first shown: decides draws in the ranking, and is used for one enquiry only.
    draw_key: UUID
    answers: EnquiryAnswers
    contact: ContactDetails
    consent: Consent
    free_text: FreeText = FreeText()
    #: The therapist the visitor picked. None: the practice chooses.
    chosen_therapist: int | None = None
    #: When they could meet for the first consultation. They decide nothing about the match.
    preferred_times: tuple[datetime, ...] = ()
    suggestions: SuggestionRun | None = None
    #: The language that they read the form in, by its code. Empty where the site has one only.
    language: str = ""


def time_zone_name(time_zone: str) -> str:
    return gettext("UK time") if time_zone == "Europe/London" else time_zone.replace("_", " ")
