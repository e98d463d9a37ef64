"""What half a year of a made-up practice looks like under each way of asking therapists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.matching.comparison import Mean
from tests.benchmarks.matching.practice import AS_OF
from tests.benchmarks.matching.rolling_practice import Morning, MorningPolicy, Person, RollingPractice
from therapists.matching.engine.assignment import assign_one_by_one, assign_together

PRACTICES = range(40)


def _one_by_one(morning: Morning) -> Sequence[int | None]:
    assigned = assign_one_by_one(morning.waiting, morning.candidates, AS_OF)
    return [one.therapist_id for one in assigned]


def _by_score(morning: Morning) -> Sequence[int | None]:
    assigned = assign_together(morning.waiting, morning.candidates, AS_OF)
    return [one.therapist_id for one in assigned]


@dataclass(frozen=True)
class Way:
    policy: MorningPolicy
    #: Whether an unanswered offer uses a place, and three in a row pause a profile.
    silence_counts: bool


WAYS = {
    "one by one, silence forgotten": Way(_one_by_one, silence_counts=False),
    "one by one": Way(_one_by_one, silence_counts=True),
    "all at once, by score": Way(_by_score, silence_counts=True),
}


def half_years(way: str) -> dict[str, Mean]:
    """Return each figure's mean over all practices, by what it is called in the table."""
    years = [_half_year(WAYS[way], seed) for seed in PRACTICES]
    return {title: Mean.among([year[title] for year in years if title in year]) for title in years[0]}


def _half_year(way: Way, seed: int) -> Mapping[str, float]:
    practice = RollingPractice(way.policy, seed, silence_counts=way.silence_counts)
    people = practice.run()
    waits = [one.introduced_on - one.came_on for one in people if one.introduced_on is not None]
    return {
        "people who wrote": len(people),
        "value of all introductions": sum(one.value for one in people),
        "introduced, %": _introduced(people),
        "… with an essential language, %": _introduced(one for one in people if one.needs_a_language),
        "… couples, %": _introduced(one for one in people if one.is_couple),
        "mean wait, days": float(np.mean(waits)),
        "a tenth waits longer than, days": float(np.percentile(waits, 90)),
        "offers for each introduction": len(practice.offers) / len(waits),
        "offers to those who never answer, %": 100 * practice.share_asked_of_the_silent(),
    }


def _introduced(people: Iterable[Person]) -> float:
    introduced = [one.introduced_on is not None for one in people]
    return 100 * float(np.mean(introduced))
