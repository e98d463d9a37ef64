"""Every policy on the same made-up practices, beside what could be achieved and beside the optimum.

The *optimum* is the assignment of four weeks with the greatest true value. It knows what nobody can. What is
*achievable* is the true value of the assignment that expects the most from profiles and answers, all of a
four weeks' enquiries before it: who sees no more cannot do better on average.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np

from tests.benchmarks.matching.policies import POLICIES, Choices, Desk, best_assignment
from tests.benchmarks.matching.practice import Therapist, inflated, make_therapists, make_visitors
from tests.benchmarks.matching.truth import Values, breaks_essential, expected_values, true_values
from tests.benchmarks.matching.worlds import THERAPISTS, World

SEEDS = range(40)
LOADS = (0.8, 0.5)
#: Of four weeks each: so long a made-up practice is watched.
BLOCKS = 3
HALF, ALL = "half tick every concern", "all tick every concern"

INFLATION: dict[str, Callable[[list[Therapist]], list[Therapist]]] = {
    "": lambda therapists: therapists,
    HALF: lambda therapists: [inflated(one) if index % 2 else one for index, one in enumerate(therapists)],
    ALL: lambda therapists: [inflated(one) for one in therapists],
}


@dataclass(frozen=True)
class Outcome:
    """Of one policy in one practice over twelve weeks. Shares are in per cent."""

    share_of_achievable: float
    share_of_optimum: float
    essentials_broken: int
    starved: int


@dataclass(frozen=True)
class Mean:
    """`spread`: half the width of the 95 % interval of the mean."""

    of: float
    spread: float

    @classmethod
    def among(cls, figures: Sequence[float]) -> Self:
        deviation = float(np.std(figures, ddof=1)) if len(figures) > 1 else 0.0
        return cls(float(np.mean(figures)), 1.96 * deviation / float(np.sqrt(len(figures))))

    def __str__(self) -> str:
        return f"{self.of:.1f} ± {self.spread:.1f}"


@dataclass(frozen=True)
class Summary:
    share_of_achievable: Mean
    share_of_optimum: Mean
    essentials_broken: int
    starved: float


@cache
def outcome(policy: str, world: World, load: float, seed: int, inflation: str = "") -> Outcome:
    random = np.random.default_rng(seed)
    therapists = INFLATION[inflation](make_therapists(random, world))
    a_block = round(load * sum(one.profile.places for one in therapists))
    blocks = [make_visitors(random, world, a_block) for _ in range(BLOCKS)]
    desk = Desk(therapists, np.random.default_rng(seed))
    reached = achievable = optimum = 0.0
    broken, busy = 0, set()
    for visitors in blocks:
        desk.begin_four_weeks()
        values = np.array([true_values(visitor, therapists) for visitor in visitors])
        expected = np.array([expected_values(visitor, therapists, world) for visitor in visitors])
        choices = POLICIES[policy](desk, visitors)
        reached += _sum(values, choices)
        achievable += _sum(values, best_assignment(expected, therapists))
        optimum += _sum(values, best_assignment(values, therapists))
        for visitor, therapist in zip(visitors, choices, strict=True):
            if therapist is not None:
                broken += breaks_essential(visitor.asks, therapists[therapist].profile)
                busy.add(therapist)
    return Outcome(100 * reached / achievable, 100 * reached / optimum, broken, THERAPISTS - len(busy))


def summary(policy: str, world: World, load: float, inflation: str = "", seeds: range = SEEDS) -> Summary:
    outcomes = [outcome(policy, world, load, seed, inflation) for seed in seeds]
    return Summary(
        share_of_achievable=Mean.among([one.share_of_achievable for one in outcomes]),
        share_of_optimum=Mean.among([one.share_of_optimum for one in outcomes]),
        essentials_broken=sum(one.essentials_broken for one in outcomes),
        starved=float(np.mean([one.starved for one in outcomes])),
    )


def _sum(values: Values, choices: Choices) -> float:
    return sum(float(row[choice]) for row, choice in zip(values, choices, strict=True) if choice is not None)
