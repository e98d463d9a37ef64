"""A made-up practice that goes on for half a year, morning by morning.

Visitors come, more in January than in August, wait, and give up after a while. Whoever is asked answers
within days, declines now and then, or never answers at all. Two therapists leave in these months. Who has a
place is counted as the practice counts it: offers of the last four weeks that are open or were accepted, and,
where that rule is on, those that nobody answered.

All habits here were chosen, not measured. The days of a visitor's wish to begin and of a therapist's next
beginning are counted from the day on which they are compared, so that the season does not change a fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from math import cos, pi

import numpy as np

from tests.benchmarks.matching.practice import Therapist, Visitor, make_therapists, make_visitor
from tests.benchmarks.matching.truth import true_values
from tests.benchmarks.matching.worlds import ROLLING, THERAPISTS
from therapists.enums import ClientGroup
from therapists.matching.engine.criteria import Candidate, Criteria

DAYS = 26 * 7
FOUR_WEEKS = 28
#: New enquiries for each place, over the year, and how far January is above that and July below.
LOAD, SEASON = 1.0, 0.3
#: Out of `THERAPISTS`: never answer; leave the practice in the course of these months.
SILENT, LEAVERS = 2, 2
DECLINES = 0.12
#: Each working day so many of those who answer at all do.
ANSWERS_TODAY = 0.6
#: In working days: an offer that nobody answered is over.
OFFER_ENDS_AFTER = 3
#: Visitors give up after so many days on average, each at a time of their own.
PATIENCE = 21.0
#: A profile pauses after so many unanswered offers in a row, where silence counts.
SILENCES_BEFORE_A_PAUSE = 3
BEGINNING = datetime(2026, 1, 5, tzinfo=UTC)


class Answer(Enum):
    NONE = "open, or taken back"
    YES = "accepted"
    NO = "declined"
    SILENCE = "nobody answered"


@dataclass
class MadeOffer:
    therapist: int
    made_on: int
    answer: Answer = Answer.NONE
    is_open: bool = True


@dataclass
class Person:
    """Someone who wrote, and what became of it."""

    visitor: Visitor
    came_on: int
    patient_until: int
    offers: list[MadeOffer] = field(default_factory=list)
    introduced_on: int | None = None
    value: float = 0.0
    gave_up: bool = False

    @property
    def is_waiting(self) -> bool:
        return self.introduced_on is None and not self.gave_up

    @property
    def is_couple(self) -> bool:
        return self.visitor.asks.client_group == ClientGroup.COUPLE

    @property
    def needs_a_language(self) -> bool:
        return self.visitor.asks.language_is_essential

    @property
    def open_offer(self) -> MadeOffer | None:
        return self.offers[-1] if self.offers and self.offers[-1].is_open else None

    def asks(self) -> Criteria:
        refused = {offer.therapist for offer in self.offers if offer.answer in (Answer.NO, Answer.SILENCE)}
        return replace(self.visitor.asks, declined_by=frozenset(refused))


@dataclass(frozen=True)
class Morning:
    """What whoever proposes can see: those who wait, longest first, and the therapists of today."""

    waiting: Sequence[Criteria]
    days_waited: Sequence[int]
    candidates: Sequence[Candidate]


#: For each of those who wait, whom to ask today.
type MorningPolicy = Callable[[Morning], Sequence[int | None]]


class RollingPractice:
    """Half a year of one practice under one policy."""

    def __init__(self, policy: MorningPolicy, seed: int, *, silence_counts: bool) -> None:
        self.policy = policy
        self.silence_counts = silence_counts
        #: Who comes, and when, is the same whatever the policy; how they answer is drawn apart.
        self.arrivals = np.random.default_rng(seed)
        self.answers = np.random.default_rng([seed, 1])
        self.therapists = make_therapists(self.arrivals, ROLLING)
        chosen = [int(one) for one in self.arrivals.choice(THERAPISTS, SILENT + LEAVERS, replace=False)]
        self.silent = frozenset(chosen[:SILENT])
        self.leaves_on = {one: int(self.arrivals.integers(30, DAYS)) for one in chosen[SILENT:]}
        self.people: list[Person] = []
        self.offers: list[MadeOffer] = []

    def run(self) -> Sequence[Person]:
        """Return everyone who came, with what became of them at the end."""
        places = sum(one.profile.places for one in self.therapists)
        for today in range(DAYS):
            season = 1 + SEASON * cos(2 * pi * today / 365)
            for _ in range(self.arrivals.poisson(LOAD * season * places / FOUR_WEEKS)):
                self.people.append(self._newcomer(today))
            if is_working_day(today):
                self._answers_come(today)
                self._some_give_up(today)
                self._ask(today)
        return self.people

    def _newcomer(self, today: int) -> Person:
        visitor = make_visitor(self.arrivals, ROLLING, f"{len(self.people)}")
        return Person(visitor, today, today + 1 + round(float(self.arrivals.exponential(PATIENCE))))

    def _waiting(self) -> list[Person]:
        return [one for one in self.people if one.is_waiting]

    def _answers_come(self, today: int) -> None:
        for person in self.people:
            offer = person.open_offer
            if offer is None:
                continue
            if offer.therapist in self.silent or self.answers.random() >= ANSWERS_TODAY:
                if working_days(offer.made_on, today) >= OFFER_ENDS_AFTER:
                    offer.answer, offer.is_open = Answer.SILENCE, False
                continue
            offer.is_open = False
            if self.answers.random() < DECLINES:
                offer.answer = Answer.NO
                continue
            offer.answer = Answer.YES
            person.introduced_on = today
            person.value = float(true_values(person.visitor, self.therapists)[offer.therapist])

    def _some_give_up(self, today: int) -> None:
        for person in self._waiting():
            if person.patient_until <= today:
                person.gave_up = True
                if offer := person.open_offer:
                    offer.is_open = False

    def _ask(self, today: int) -> None:
        waiting = [one for one in self._waiting() if one.open_offer is None]
        morning = Morning(
            waiting=[one.asks() for one in waiting],
            days_waited=[today - one.came_on for one in waiting],
            candidates=self._candidates(today),
        )
        for person, therapist in zip(waiting, self.policy(morning), strict=True):
            if therapist is not None:
                offer = MadeOffer(therapist, today)
                person.offers.append(offer)
                self.offers.append(offer)

    def _candidates(self, today: int) -> list[Candidate]:
        return [
            self._candidate(one, today)
            for one in self.therapists
            if self.leaves_on.get(one.profile.therapist_id, DAYS) > today
        ]

    def _candidate(self, therapist: Therapist, today: int) -> Candidate:
        number = therapist.profile.therapist_id
        offers = [offer for offer in self.offers if offer.therapist == number]
        recent = [offer for offer in offers if offer.made_on > today - FOUR_WEEKS]
        return replace(
            therapist.profile,
            is_published=not (self.silence_counts and _was_silent_too_often(offers)),
            places_used=sum(self._uses_a_place(offer) for offer in recent),
            last_offer_at=BEGINNING + timedelta(days=offers[-1].made_on) if offers else None,
        )

    def _uses_a_place(self, offer: MadeOffer) -> bool:
        if offer.answer is Answer.SILENCE:
            return self.silence_counts
        return offer.is_open or offer.answer is Answer.YES

    def share_asked_of_the_silent(self) -> float:
        return sum(offer.therapist in self.silent for offer in self.offers) / len(self.offers)


def _was_silent_too_often(offers: Sequence[MadeOffer]) -> bool:
    """Return whether the last offers that were answered or ran out all ran out."""
    ended = [offer for offer in offers if offer.answer is not Answer.NONE][-SILENCES_BEFORE_A_PAUSE:]
    return len(ended) == SILENCES_BEFORE_A_PAUSE and all(one.answer is Answer.SILENCE for one in ended)


def is_working_day(day: int) -> bool:
    """Day 0 is a Monday."""
    return day % 7 < 5


def working_days(first: int, last: int) -> int:
    return sum(is_working_day(day) for day in range(first, last))
