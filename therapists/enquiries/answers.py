"""What a visitor tells the practice, as plain values: the form makes them, a service stores them.

No value here prints what it holds: a log line or an error report never shows an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from therapists.enquiries.enums import Preference, StartHorizon
from therapists.enums import ClientGroup, DayPart, Gender, Language, SessionFormat, Weekday

type Slot = tuple[Weekday, DayPart]

#: Enough for a therapist to find one among them.
MOST_PREFERRED_TIMES = 3


@dataclass(frozen=True, repr=False)
class EnquiryAnswers:
    """The structured answers. What was not answered is empty or None, and counts neither way."""

    #: Primary keys of concern pages, the main one first. Empty: something else, or not sure.
    concerns: tuple[int, ...]
    client_group: ClientGroup
    #: Any of these will do.
    formats: tuple[SessionFormat, ...]
    #: Primary keys of the therapy pages asked about.
    approaches: tuple[int, ...] = ()
    #: Any of these will do. Empty: no preference.
    genders: tuple[Gender, ...] = ()
    gender_is_essential: bool = False
    #: Any of these will do. Empty: no preference.
    languages: tuple[Language, ...] = ()
    language_is_essential: bool = False
    slots: frozenset[Slot] = frozenset()
    only_these_slots: bool = False
    start_within: StartHorizon | None = None
    #: In pounds for one session.
    budget: Decimal | None = None
    budget_is_firm: bool = False
    wants_reduced_fee: bool = False
    matters_most: Preference | None = None
    #: An IANA name. Slots are in this time zone.
    time_zone: str = "Europe/London"

    @property
    def main_concern(self) -> int | None:
        """None where the visitor did not find themselves in the list."""
        return self.concerns[0] if self.concerns else None


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


@dataclass(frozen=True)
class Consent:
    """Which wording was agreed to. The text itself is hashed, so that it can be proved later."""

    version: str
    text: str


@dataclass(frozen=True)
class Suggestion:
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
    suggestions: tuple[Suggestion, ...] = ()
    #: How many were left out, by reason code.
    excluded: Mapping[str, int] = field(default_factory=dict)
    #: All that the ranking was told, as plain values: it gives the same answer again.
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
