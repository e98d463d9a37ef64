"""How well a therapist fits, from 0 to 100: `100 · Σ weight·fit / Σ weight` over the answered criteria."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import fsum
from operator import mul

from therapists.matching.engine.criteria import (
    CURRENT_WEIGHTS,
    FOUR_WEEKS,
    Candidate,
    Criteria,
    Criterion,
    TherapistPreference,
    Weights,
)

SPECIALISM, WORKS_WITH, ADJACENT = 1.0, 0.6, 0.3
MAIN_CONCERN_SHARE, OTHER_CONCERNS_SHARE = 0.6, 0.4
PARTLY_TRAINED = 0.5
ENOUGH_SHARED_TIMES = 2
UNCONFIRMED_DIARY = 0.5
FEE_STRETCH = 0.25
MATTERS_MOST = 2
#: Whoever works with so many concerns is a good beginning for someone who is not sure which is theirs.
BROAD_PRACTICE = 8


@dataclass(frozen=True, slots=True)
class Contribution:
    criterion: Criterion
    #: From 0, nothing of what was asked, to 1, all of it.
    fit: float
    #: What this adds to the score.
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    therapist_id: int
    total: float
    #: Each criterion that the visitor answered, and the most points it can add.
    shares: tuple[tuple[Criterion, float], ...]
    fits: tuple[float, ...]

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """The parts of the total. Built when asked for: a ranking of thousands explains only a few."""
        return tuple(
            Contribution(criterion, fit, share * fit)
            for (criterion, share), fit in zip(self.shares, self.fits, strict=True)
        )


def score(criteria: Criteria, candidate: Candidate, weights: Weights = CURRENT_WEIGHTS) -> Score:
    return scorer(criteria, weights)(candidate)


def scorer(criteria: Criteria, weights: Weights) -> Callable[[Candidate], Score]:
    """Return a function that scores candidates for one visitor, with what depends on the visitor prepared."""
    asked = answered(criteria)
    weighed = [weights.of(criterion) * importance(criteria, criterion) for criterion in asked]
    whole = fsum(weighed)
    most = [100 * weight / whole for weight in weighed]
    shares = tuple(zip(asked, most, strict=True))
    fits_of = _FITS | {Criterion.FEE: partial(_fee_fit, weights)}
    measures = [fits_of[criterion] for criterion in asked]

    def score_candidate(candidate: Candidate) -> Score:
        fits = tuple([measure(criteria, candidate) for measure in measures])
        return Score(candidate.therapist_id, fsum(map(mul, most, fits)), shares, fits)

    return score_candidate


def answered(criteria: Criteria) -> list[Criterion]:
    """Return the criteria that the visitor gave an answer to, in the order of `Criterion`.

    "I am not sure" is an answer about the concern, and about the start too.
    """
    has_answer = {
        Criterion.CONCERN: bool(criteria.concerns) or criteria.unsure_since is not None,
        Criterion.TIMES: bool(criteria.slots),
        Criterion.APPROACH: bool(criteria.therapies),
        Criterion.PREFERENCES: bool(criteria.soft_preferences),
        Criterion.START: criteria.start_by is not None or criteria.unsure_since is not None,
        Criterion.FEE: criteria.budget is not None and criteria.client_group is not None,
    }
    return [criterion for criterion, has in has_answer.items() if has]


def importance(criteria: Criteria, criterion: Criterion) -> float:
    """Return the factor of a criterion's weight: 2 for what matters most to the visitor, else 1.

    Preferences share one weight: if one of two matters most, the factor is 1.5.
    """
    if criterion != Criterion.PREFERENCES:
        return _importance(criteria, criterion)
    wishes = criteria.soft_preferences
    return sum(_importance(criteria, wish) for wish in wishes) / len(wishes)


def concern_fit(criteria: Criteria, candidate: Candidate, concern: int) -> float:
    if concern in candidate.specialisms:
        return SPECIALISM
    if concern in candidate.works_with:
        return WORKS_WITH
    if candidate.helps_with_any(criteria.related_concerns.get(concern, frozenset())):
        return ADJACENT
    return 0.0


def _concerns_fit(criteria: Criteria, candidate: Candidate) -> float:
    if criteria.unsure_since is not None:
        return min(1.0, len(candidate.concerns) / BROAD_PRACTICE)
    others = criteria.other_concerns
    fits = [concern_fit(criteria, candidate, concern) for concern in others]
    mean = fsum(fits) / len(fits) if fits else 0.0
    if criteria.main_concern is None:
        return mean
    main = concern_fit(criteria, candidate, criteria.main_concern)
    return MAIN_CONCERN_SHARE * main + OTHER_CONCERNS_SHARE * mean if fits else main


def _times_fit(criteria: Criteria, candidate: Candidate) -> float:
    shared = len(criteria.slots & candidate.slots)
    fit = min(1.0, shared / ENOUGH_SHARED_TIMES)
    return fit if candidate.diary_is_confirmed else fit * UNCONFIRMED_DIARY


def _approach_fit(criteria: Criteria, candidate: Candidate) -> float:
    """Return the best fit of the therapies asked about: naming several means that any of them will do."""
    if not criteria.therapies.isdisjoint(candidate.fully_trained):
        return 1.0
    if not criteria.therapies.isdisjoint(candidate.partly_trained):
        return PARTLY_TRAINED
    return 0.0


def meets(criteria: Criteria, candidate: Candidate, preference: TherapistPreference) -> bool:
    if preference == TherapistPreference.GENDER:
        return candidate.gender in criteria.genders
    return not criteria.languages.isdisjoint(candidate.languages)


def _preferences_fit(criteria: Criteria, candidate: Candidate) -> float:
    asked = met = 0
    for preference in criteria.soft_preferences:
        times = _importance(criteria, preference)
        asked += times
        met += times * meets(criteria, candidate, preference)
    return met / asked


def _importance(criteria: Criteria, part: Criterion | TherapistPreference) -> int:
    return MATTERS_MOST if part == criteria.matters_most else 1


def _start_fit(criteria: Criteria, candidate: Candidate) -> float:
    wanted_by = criteria.start_by or criteria.unsure_since
    if wanted_by is None:
        return 1.0
    if candidate.available_from is None:
        return 0.0
    return _linear_falloff((candidate.available_from - wanted_by) / FOUR_WEEKS)


def _fee_fit(weights: Weights, criteria: Criteria, candidate: Candidate) -> float:
    fee = candidate.fees.get(criteria.client_group or "")
    if fee is None or criteria.budget is None:
        return 0.0
    if fee.full <= criteria.budget:
        return 1.0
    stretch = float(criteria.budget) * FEE_STRETCH
    full = _linear_falloff(float(fee.full - criteria.budget) / stretch) if stretch else 0.0
    return max(full, weights.reduced_fee) if criteria.can_afford(candidate) else full


def _linear_falloff(excess: float) -> float:
    """Return 1 up to the limit, then less in a straight line, and 0 from an excess of 1."""
    return min(1.0, max(0.0, 1.0 - excess))


#: Every fit but that of the fee, which depends on the weights too.
_FITS: dict[Criterion, Callable[[Criteria, Candidate], float]] = {
    Criterion.CONCERN: _concerns_fit,
    Criterion.TIMES: _times_fit,
    Criterion.APPROACH: _approach_fit,
    Criterion.PREFERENCES: _preferences_fit,
    Criterion.START: _start_fit,
}
