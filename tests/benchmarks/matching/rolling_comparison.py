"""What half a year of a made-up practice looks like under each way of asking therapists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from tests.benchmarks.matching.comparison import Mean
from tests.benchmarks.matching.policies import all_at_once
from tests.benchmarks.matching.practice import AS_OF
from tests.benchmarks.matching.rolling_practice import Morning, MorningPolicy, Person, RollingPractice
from therapists.matching.engine.proposals import WorthRule
from therapists.matching.engine.shortlist import Rung, shortlist

PRACTICES = range(40)


#: The most pairs and, of those, the best sum of scores: what was done before the rule of the proposals.
BY_SCORE = WorthRule(version="by score", proposed=1000, day_waited=0, few_choices=0, few=0, share_used=0)


def _one_by_one(morning: Morning) -> Sequence[int | None]:
    """Ask for each in turn, longest waiting first, the first of their own ranking who still has a place."""
    pool = {candidate.therapist_id: candidate for candidate in morning.candidates}
    chosen: list[int | None] = []
    for criteria in morning.waiting:
        suggestions = shortlist(criteria, pool.values(), AS_OF).suggestions
        ready = [one.ranked.candidate for one in suggestions if Rung.PLACE_SOON not in one.eased]
        chosen.append(ready[0].therapist_id if ready else None)
        if ready:
            pool[ready[0].therapist_id] = replace(ready[0], places_used=ready[0].places_used + 1)
    return chosen


def _by_score(morning: Morning) -> Sequence[int | None]:
    return all_at_once(morning.waiting, morning.candidates, morning.days_waited, BY_SCORE)


def _proposals(morning: Morning) -> Sequence[int | None]:
    return all_at_once(morning.waiting, morning.candidates, morning.days_waited)


@dataclass(frozen=True)
class Way:
    policy: MorningPolicy
    #: Whether an unanswered offer uses a place, and three in a row pause a profile.
    silence_counts: bool


WAYS = {
    "one by one, silence forgotten": Way(_one_by_one, silence_counts=False),
    "one by one": Way(_one_by_one, silence_counts=True),
    "all at once, by score": Way(_by_score, silence_counts=True),
    "proposals": Way(_proposals, silence_counts=True),
}


#: The figures of one practice, by what they are called in the table.
type Figures = Mapping[str, float]


@cache
def half_years(way: str) -> Sequence[Figures]:
    """Return the figures of each practice. The same people come in the same practice, whatever the way."""
    return [_half_year(WAYS[way], seed) for seed in PRACTICES]


def means(years: Sequence[Figures]) -> dict[str, Mean]:
    return {title: Mean.among([year[title] for year in years]) for title in years[0]}


def differences(way: str, other: str) -> dict[str, Mean]:
    """Return how much more one way gives than the other in the same practice, on average."""
    pairs = zip(half_years(way), half_years(other), strict=True)
    return means([{title: one[title] - two[title] for title in one} for one, two in pairs])


def _half_year(way: Way, seed: int) -> Figures:
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
