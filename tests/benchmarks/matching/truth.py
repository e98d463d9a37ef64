"""What a meeting is truly worth, and what of it anyone could expect who sees profiles and answers alone.

The value of a pair is the mean of how far the therapist meets what the visitor cares for, weighed by how
much they care, plus a chance of getting on that nothing foretells. Where an essential is broken it is
nothing. It is made of the features that the ranking looks at, in the same shapes for times, start and fee,
which favours the ranking: the figures compare policies with one another, in these worlds only.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from math import erf, exp, pi, sqrt

import numpy as np

from tests.benchmarks.matching.practice import CARES, Therapist, Visitor, inflated, make_therapists
from tests.benchmarks.matching.worlds import CONCERNS, FAMILIES, World
from therapists.matching.engine.criteria import Candidate, Criteria

#: The skill that a profile lets one expect is learned from so many made-up therapists of the same world.
LEARNED_FROM = 2_000

type Values = np.ndarray


def true_values(visitor: Visitor, therapists: Sequence[Therapist]) -> Values:
    """Return what meeting each therapist would truly be worth to this visitor."""

    def value(index: int, one: Therapist) -> float:
        features = _features(visitor.asks, one.profile, lambda concern: float(one.skill[concern]))
        return max(0.0, _weighed(features, visitor.tastes) + float(visitor.alliance[index]))

    return np.array(
        [
            0.0 if breaks_essential(visitor.asks, one.profile) else value(index, one)
            for index, one in enumerate(therapists)
        ]
    )


def expected_values(visitor: Visitor, therapists: Sequence[Therapist], world: World) -> Values:
    """Return what meeting each therapist is worth on average, among all pairs that look like this one.

    What is expected of a skill is the mean of those whose profile says the same; of a visitor's tastes, the
    mean of all visitors; of getting on, nothing but that a value is never below 0.
    """
    skill = _learned_skill(world)

    def value(one: Therapist) -> float:
        features = _features(
            visitor.asks, one.profile, lambda concern: skill[_what_is_said_of(one.profile, concern)]
        )
        return _mean_above_zero(_weighed(features, CARES), world.chance)

    return np.array(
        [0.0 if breaks_essential(visitor.asks, one.profile) else value(one) for one in therapists]
    )


def breaks_essential(asks: Criteria, profile: Candidate) -> bool:
    return bool(
        (asks.gender_is_essential and profile.gender not in asks.genders)
        or (asks.language_is_essential and not asks.languages & profile.languages)
        or not asks.formats & profile.formats
        or asks.client_group not in profile.fees
        or asks.concerns & profile.does_not_take
    )


def _features(asks: Criteria, profile: Candidate, skill_in: Callable[[int], float]) -> dict[str, float]:
    """Return how far the therapist meets each thing that this visitor asks for, from 0 to 1."""
    assert asks.main_concern is not None and asks.start_by and profile.available_from
    skill = skill_in(asks.main_concern)
    if asks.other_concerns:
        skill = 0.6 * skill + 0.4 * float(np.mean([skill_in(concern) for concern in asks.other_concerns]))
    late = (profile.available_from - asks.start_by).days
    features = {
        "skill": skill,
        "times": min(1.0, len(asks.slots & profile.slots) / 2),
        "start": min(1.0, max(0.0, 1 - late / 28)),
    }
    if asks.budget:
        dearer = float(profile.fees[str(asks.client_group)].full / asks.budget) - 1
        features["fee"] = min(1.0, max(0.0, 1 - dearer / 0.25))
    if asks.therapies:
        features["approach"] = float(bool(asks.therapies & profile.fully_trained))
    wishes = [
        *([profile.gender in asks.genders] if asks.genders else []),
        *([bool(asks.languages & profile.languages)] if asks.languages else []),
    ]
    if wishes:
        features["wishes"] = float(np.mean(wishes))
    return features


def _weighed(features: dict[str, float], cares: dict[str, float]) -> float:
    return sum(cares[name] * fit for name, fit in features.items()) / sum(cares[name] for name in features)


def _mean_above_zero(mean: float, deviation: float) -> float:
    """Return the mean of a normally distributed value that counts as 0 where it is below."""
    if not deviation:
        return mean
    ratio = mean / deviation
    below = (1 + erf(ratio / sqrt(2))) / 2
    return mean * below + deviation * exp(-(ratio**2) / 2) / sqrt(2 * pi)


type WhatIsSaid = tuple[str, int]


def _what_is_said_of(profile: Candidate, concern: int) -> WhatIsSaid:
    """Return all that a profile tells of the skill in one concern: its level, and what is beside it."""
    family = [other for other in profile.specialisms if other % FAMILIES == concern % FAMILIES]
    if len(profile.specialisms) == CONCERNS:
        return "claims everything", 0
    if concern in profile.specialisms:
        return "specialism", len(family)
    return ("works with" if concern in profile.works_with else "other"), len(family)


@cache
def _learned_skill(world: World) -> dict[WhatIsSaid, float]:
    seen: dict[WhatIsSaid, list[float]] = defaultdict(list)
    for one in make_therapists(np.random.default_rng(0), world, LEARNED_FROM):
        for profile in (one.profile, inflated(one).profile):
            for concern in range(CONCERNS):
                seen[_what_is_said_of(profile, concern)].append(float(one.skill[concern]))
    return {said: float(np.mean(skills)) for said, skills in seen.items()}
