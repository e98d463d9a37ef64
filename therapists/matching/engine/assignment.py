"""All waiting enquiries at once: the assignment with the best sum, beside the one-by-one ranking.

One by one, an early enquiry may take the only place that a later one could have used. Nothing is decided
here: the matcher sees both, and what the difference would gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from therapists.matching.engine.assignment_solver import solve_assignment
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Candidate, Criteria, Weights
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.scoring import Score, scorer

#: Being matched at all counts more than any score: no one waits so that another fits better.
MATCHED_AT_ALL = 1000.0
#: Of two equally good assignments, prefer what the ranking gives one by one: it shares work fairly.
IS_RANKED_FIRST = 1e-6


@dataclass(frozen=True, slots=True)
class Assignment:
    """For one enquiry, by its draw key: a therapist and how they fit, or None where no place is left."""

    draw_key: str
    fit: Score | None

    @property
    def therapist_id(self) -> int | None:
        return self.fit.therapist_id if self.fit else None

    @property
    def score(self) -> float:
        return self.fit.total if self.fit else 0.0


@dataclass(frozen=True, slots=True)
class AssignmentComparison:
    together: tuple[Assignment, ...]
    one_by_one: tuple[Assignment, ...]

    @property
    def gain(self) -> float:
        """Return how many more points all enquiries have in total."""
        return sum(one.score for one in self.together) - sum(one.score for one in self.one_by_one)

    @property
    def more_matched(self) -> int:
        def matched(assignments: tuple[Assignment, ...]) -> int:
            return sum(one.therapist_id is not None for one in assignments)

        return matched(self.together) - matched(self.one_by_one)


def compare(
    waiting: Sequence[Criteria],
    candidates: Sequence[Candidate],
    as_of: date,
    weights: Weights = CURRENT_WEIGHTS,
) -> AssignmentComparison:
    one_by_one = assign_one_by_one(waiting, candidates, as_of, weights)
    together = assign_together(waiting, candidates, as_of, weights, unless_better=one_by_one)
    return AssignmentComparison(together=together, one_by_one=one_by_one)


def assign_together(
    waiting: Sequence[Criteria],
    candidates: Sequence[Candidate],
    as_of: date,
    weights: Weights = CURRENT_WEIGHTS,
    unless_better: Sequence[Assignment] = (),
) -> tuple[Assignment, ...]:
    """Return the assignment with the most enquiries matched and, of those, the best sum of scores.

    Of equally good ones, return the one with the most of `unless_better`: nothing changes without a gain.
    """
    places = {
        candidate.therapist_id: min(candidate.places - candidate.places_used, len(waiting))
        for candidate in candidates
        if candidate.has_place
    }
    fits = [_fits(criteria, candidates, as_of, weights) for criteria in waiting]
    worth = [{therapist: MATCHED_AT_ALL + fit.total for therapist, fit in row.items()} for row in fits]
    for row, kept in zip(worth, unless_better, strict=False):
        if kept.therapist_id in row:
            row[kept.therapist_id] += IS_RANKED_FIRST
    return tuple(
        Assignment(criteria.draw_key, row[therapist] if therapist is not None else None)
        for criteria, row, therapist in zip(waiting, fits, solve_assignment(worth, places), strict=True)
    )


def assign_one_by_one(
    waiting: Sequence[Criteria],
    candidates: Sequence[Candidate],
    as_of: date,
    weights: Weights = CURRENT_WEIGHTS,
) -> tuple[Assignment, ...]:
    """Give each enquiry in turn the first of its own ranking who still has a place."""
    pool = {candidate.therapist_id: candidate for candidate in candidates}
    assignments = []
    for criteria in waiting:
        fitting = [candidate for candidate in pool.values() if _may_be_asked(criteria, candidate, as_of)]
        covering = [candidate for candidate in fitting if not exclusions(criteria, candidate, as_of)]
        ranking = rank(criteria, covering or fitting, weights)
        if not ranking:
            assignments.append(Assignment(criteria.draw_key, None))
            continue
        first = ranking[0].candidate
        pool[first.therapist_id] = replace(first, places_used=first.places_used + 1)
        assignments.append(Assignment(criteria.draw_key, ranking[0].score))
    return tuple(assignments)


def _may_be_asked(criteria: Criteria, candidate: Candidate, as_of: date) -> bool:
    """Check every condition but one: not naming the main concern lowers the score; a person decides."""
    return {Exclusion.CONCERN_NOT_COVERED}.issuperset(exclusions(criteria, candidate, as_of))


def _fits(
    criteria: Criteria, candidates: Sequence[Candidate], as_of: date, weights: Weights
) -> dict[int, Score]:
    """Return the score of each therapist who has a place and may be offered it."""
    score = scorer(criteria, weights)
    return {
        candidate.therapist_id: score(candidate)
        for candidate in candidates
        if candidate.has_place and _may_be_asked(criteria, candidate, as_of)
    }
