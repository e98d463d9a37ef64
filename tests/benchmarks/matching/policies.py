"""Ways to choose a therapist for each enquiry of four weeks, places permitting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from numpy.random import Generator

from tests.benchmarks.matching.practice import AS_OF, Therapist, Visitor
from tests.benchmarks.matching.truth import Values
from therapists.matching.engine.assignment_solver import solve_assignment
from therapists.matching.engine.criteria import Candidate, Criteria
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.proposals import (
    CURRENT_WORTH,
    WorthRule,
    places_of,
    propose,
    waiting_for_proposal,
)

#: For each visitor the number of a therapist, or None.
type Choices = list[int | None]


@dataclass
class Desk:
    """Who has places left in these four weeks, and who was last asked when."""

    therapists: Sequence[Therapist]
    random: Generator
    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    profiles: dict[int, Candidate] = field(default_factory=dict)

    def begin_four_weeks(self) -> None:
        for therapist in self.therapists:
            known = self.profiles.get(therapist.profile.therapist_id, therapist.profile)
            self.profiles[known.therapist_id] = replace(known, places_used=0)

    def fitting(self, visitor: Visitor) -> list[Candidate]:
        """Everyone whom no condition keeps out. Naming the concern is not a condition here: for the
        simple policies it would be a head start."""
        return [
            profile
            for profile in self.profiles.values()
            if set(exclusions(visitor.asks, profile, AS_OF)) <= {Exclusion.CONCERN_NOT_COVERED}
        ]

    def take(self, profile: Candidate) -> int:
        self.moment += timedelta(minutes=1)
        self.profiles[profile.therapist_id] = replace(
            profile, places_used=profile.places_used + 1, last_offer_at=self.moment
        )
        return profile.therapist_id


type Policy = Callable[[Desk, Sequence[Visitor]], Choices]


def _in_turn(first: Callable[[Desk, Visitor, list[Candidate]], Candidate]) -> Policy:
    def choose(desk: Desk, visitors: Sequence[Visitor]) -> Choices:
        choices: Choices = []
        for visitor in visitors:
            fitting = desk.fitting(visitor)
            choices.append(desk.take(first(desk, visitor, fitting)) if fitting else None)
        return choices

    return choose


def _random(desk: Desk, visitor: Visitor, fitting: list[Candidate]) -> Candidate:
    return fitting[int(desk.random.integers(len(fitting)))]


def _alphabetical(desk: Desk, visitor: Visitor, fitting: list[Candidate]) -> Candidate:
    return min(fitting, key=lambda profile: profile.therapist_id)


def _concern_then_seniority(desk: Desk, visitor: Visitor, fitting: list[Candidate]) -> Candidate:
    def key(profile: Candidate) -> tuple[bool, bool, int]:
        main = visitor.asks.main_concern
        return (
            main in profile.specialisms,
            main in profile.works_with,
            desk.therapists[profile.therapist_id].years,
        )

    return max(fitting, key=key)


def _this_ranking(desk: Desk, visitor: Visitor, fitting: list[Candidate]) -> Candidate:
    """As the shortlist does it: those who name the main concern come before those who do not."""
    main = visitor.asks.main_concern
    covering = [profile for profile in fitting if main in profile.specialisms | profile.works_with]
    return next(rank(visitor.asks, covering or fitting)).candidate


def all_at_once(
    waiting: Sequence[Criteria],
    candidates: Sequence[Candidate],
    days_waited: Sequence[int],
    rule: WorthRule = CURRENT_WORTH,
) -> Choices:
    """As the proposals of a morning do it."""
    rows = [
        waiting_for_proposal(criteria, candidates, AS_OF, days_waited=days)
        for criteria, days in zip(waiting, days_waited, strict=True)
    ]
    proposals = propose(rows, places_of(candidates), rule).proposals
    chosen = {proposal.draw_key: proposal.therapist_id for proposal in proposals}
    return [chosen.get(criteria.draw_key) for criteria in waiting]


def _proposals(desk: Desk, visitors: Sequence[Visitor]) -> Choices:
    asks = [visitor.asks for visitor in visitors]
    return all_at_once(asks, list(desk.profiles.values()), [0] * len(asks))


POLICIES: dict[str, Policy] = {
    "random": _in_turn(_random),
    "alphabetical": _in_turn(_alphabetical),
    "concern, then seniority": _in_turn(_concern_then_seniority),
    "this ranking": _in_turn(_this_ranking),
    "proposals, all at once": _proposals,
}


def best_assignment(values: Values, therapists: Sequence[Therapist]) -> Choices:
    """Return the assignment of four weeks with the greatest sum of these values, of those that have any."""
    places = {number: one.profile.places for number, one in enumerate(therapists)}
    worth = [{number: float(row[number]) for number in places if row[number] > 0} for row in values]
    return solve_assignment(worth, places)
