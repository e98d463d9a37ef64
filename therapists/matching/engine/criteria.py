"""The input of the ranking: a visitor's answers, a therapist's facts and the weights, as frozen dataclasses.

Nothing here holds a name or reads a database or a clock, so the same input always gives the same result.
Empty or None means "not answered", which never counts against anyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

#: A part of a weekday in UK time, in the values of `therapists.enums`: (0, "morning") is Monday morning.
type WeekPart = tuple[int, str]

#: The period over which offers are counted and places are given.
FOUR_WEEKS = timedelta(days=28)


class Criterion(StrEnum):
    CONCERN = "concern"
    TIMES = "times"
    APPROACH = "approach"
    PREFERENCES = "preferences"
    START = "start"
    FEE = "fee"


class TherapistPreference(StrEnum):
    """What a visitor may prefer about the therapist as a person."""

    GENDER = "gender"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """The answers of one visitor that affect the ranking."""

    #: Seeds the draw among therapists who are equal in everything else.
    draw_key: str
    main_concern: int | None = None
    other_concerns: frozenset[int] = frozenset()
    #: For each concern asked about, those that often come with it.
    related_concerns: Mapping[int, frozenset[int]] = field(default_factory=dict)
    therapies: frozenset[int] = frozenset()
    #: Any of these genders will do; the same for the languages and the formats.
    genders: frozenset[str] = frozenset()
    gender_is_essential: bool = False
    languages: frozenset[str] = frozenset()
    language_is_essential: bool = False
    formats: frozenset[str] = frozenset()
    #: The one criterion or preference, by its value, that counts double.
    matters_most: str | None = None
    client_group: str | None = None
    slots: frozenset[WeekPart] = frozenset()
    only_these_times: bool = False
    start_by: date | None = None
    budget: Decimal | None = None
    budget_is_firm: bool = False
    declined_by: frozenset[int] = frozenset()
    #: The first day on which anyone could be met, where a visitor cannot name what brings them: a broad
    #: practice and a place soon count then. None for everyone else.
    unsure_since: date | None = None

    @property
    def concerns(self) -> frozenset[int]:
        if self.main_concern is None:
            return self.other_concerns
        return self.other_concerns | {self.main_concern}

    def can_afford(self, candidate: "Candidate") -> bool:
        """Return whether their fee, or the reduced one that can be asked for, is within the budget."""
        fee = candidate.fees.get(self.client_group or "")
        return fee is not None and self.budget is not None and fee.lowest <= self.budget

    def can_afford_in_full(self, candidate: "Candidate") -> bool:
        """Return whether their full fee is within the budget: nothing has to be asked for."""
        fee = candidate.fees.get(self.client_group or "")
        return fee is not None and self.budget is not None and fee.full <= self.budget

    @property
    def soft_preferences(self) -> tuple[TherapistPreference, ...]:
        """Return the preferences that are weighed. An essential one is a condition instead."""
        soft = []
        if self.genders and not self.gender_is_essential:
            soft.append(TherapistPreference.GENDER)
        if self.languages and not self.language_is_essential:
            soft.append(TherapistPreference.LANGUAGE)
        return tuple(soft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    full: Decimal
    #: A lower one that can be asked for.
    reduced: Decimal | None = None

    @property
    def lowest(self) -> Decimal:
        return self.full if self.reduced is None else min(self.full, self.reduced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may affect the ranking of a therapist. Years, ratings and names are left out on purpose."""

    therapist_id: int
    is_published: bool = True
    registered_until: date | None = None
    insured_until: date | None = None
    paused_until: date | None = None
    specialisms: frozenset[int] = frozenset()
    works_with: frozenset[int] = frozenset()
    does_not_take: frozenset[int] = frozenset()
    fully_trained: frozenset[int] = frozenset()
    partly_trained: frozenset[int] = frozenset()
    gender: str = ""
    languages: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    fees: Mapping[str, Fee] = field(default_factory=dict)
    slots: frozenset[WeekPart] = frozenset()
    diary_is_confirmed: bool = False
    #: The earliest day on which a first consultation can really be; None where it cannot be said.
    available_from: date | None = None
    #: The places they give in four weeks, and those that offers use up: open, accepted, or never answered.
    places: int = 0
    places_used: int = 0
    next_place_on: date | None = None
    last_offer_at: datetime | None = None

    @property
    def load(self) -> float:
        """Return the share of places in use: a ratio, to be fair to those who work part of the week."""
        return self.places_used / self.places if self.places else float("inf")

    @property
    def has_place(self) -> bool:
        return self.places_used < self.places

    @property
    def concerns(self) -> frozenset[int]:
        return self.specialisms | self.works_with

    def helps_with(self, concern: int) -> bool:
        return concern in self.specialisms or concern in self.works_with

    def helps_with_any(self, concerns: frozenset[int]) -> bool:
        return not (concerns.isdisjoint(self.specialisms) and concerns.isdisjoint(self.works_with))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much counts what. A change needs a new version: stored runs replay with their own."""

    version: str
    concern: int
    times: int
    approach: int
    preferences: int
    start: int
    fee: int
    #: Scores within this many points of the best count as equal; see `ordering`.
    band: float
    #: How well a reduced fee within the budget fits, where the full one is above it.
    reduced_fee: float = 0.0
    #: Whether those within the budget who cover the main concern come before everyone else.
    budget_comes_first: bool = False
    #: Whether of those the ones with a full fee within it come before those with a reduced one, which has to
    #: be asked for and is for low incomes.
    full_fee_comes_first: bool = False
    #: How many a visitor may choose among.
    most_suggested: int = 3

    def of(self, criterion: Criterion) -> int:
        return getattr(self, criterion.value)


_FIRST_WEIGHTS = Weights(
    version="1", concern=40, times=18, approach=12, preferences=12, start=10, fee=8, band=5.0
)
_SECOND_WEIGHTS = replace(_FIRST_WEIGHTS, version="2", reduced_fee=0.75, budget_comes_first=True)
_THIRD_WEIGHTS = replace(_SECOND_WEIGHTS, version="3", most_suggested=5)
CURRENT_WEIGHTS = replace(_THIRD_WEIGHTS, version="4", full_fee_comes_first=True)
WEIGHTS_BY_VERSION = {
    weights.version: weights for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS, _THIRD_WEIGHTS, CURRENT_WEIGHTS)
}
