"""Every policy on the same made-up practices, against the known optimum."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from tests.benchmarks.matching.policies import POLICIES, Desk, optimum
from tests.benchmarks.matching.practice import (
    BLOCKS,
    CHANCE,
    THERAPISTS,
    Therapist,
    breaks_essential,
    inflated,
    make_therapists,
    make_visitors,
    true_values,
)

SEEDS = range(40)
LOADS = (0.8, 0.5)
HALF, ALL = "half tick every concern", "all tick every concern"

INFLATION: dict[str, Callable[[list[Therapist]], list[Therapist]]] = {
    "": lambda therapists: therapists,
    HALF: lambda therapists: [inflated(one) if index % 2 else one for index, one in enumerate(therapists)],
    ALL: lambda therapists: [inflated(one) for one in therapists],
}


@dataclass(frozen=True)
class Outcome:
    """Of one policy in one practice over twelve weeks."""

    share_of_optimum: float
    essentials_broken: int
    starved: int


@dataclass(frozen=True)
class Summary:
    share_of_optimum: float
    #: Half the width of the 95 % interval of the mean.
    spread: float
    essentials_broken: int
    starved: float


@cache
def outcome(policy: str, load: float, seed: int, inflation: str = "", chance: float = CHANCE) -> Outcome:
    random = np.random.default_rng(seed)
    therapists = INFLATION[inflation](make_therapists(random))
    blocks = [
        make_visitors(random, round(load * sum(one.profile.places for one in therapists)), chance)
        for _ in range(BLOCKS)
    ]
    desk = Desk(therapists, np.random.default_rng(seed))
    reached = best = 0.0
    broken, busy = 0, set()
    for visitors in blocks:
        desk.begin_four_weeks()
        values = np.array([true_values(visitor, therapists) for visitor in visitors])
        best += optimum(values, therapists)
        for row, therapist in enumerate(POLICIES[policy](desk, visitors)):
            if therapist is None:
                continue
            reached += values[row, therapist]
            broken += breaks_essential(visitors[row].asks, therapists[therapist].profile)
            busy.add(therapist)
    return Outcome(reached / best, broken, THERAPISTS - len(busy))


def summary(policy: str, load: float, inflation: str = "", chance: float = CHANCE) -> Summary:
    outcomes = [outcome(policy, load, seed, inflation, chance) for seed in SEEDS]
    shares = np.array([one.share_of_optimum for one in outcomes])
    return Summary(
        share_of_optimum=float(100 * shares.mean()),
        spread=float(100 * 1.96 * shares.std(ddof=1) / np.sqrt(len(shares))),
        essentials_broken=sum(one.essentials_broken for one in outcomes),
        starved=float(np.mean([one.starved for one in outcomes])),
    )
