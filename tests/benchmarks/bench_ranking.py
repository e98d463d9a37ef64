"""The processor time of ranking and of matching all at once. Measured, not asserted: machines differ."""

from dataclasses import replace
from time import process_time

import numpy as np
import pytest

from tests.benchmarks.matching.policies import all_at_once
from tests.benchmarks.matching.practice import AS_OF, make_therapists, make_visitors
from tests.benchmarks.matching.worlds import INDEPENDENT
from therapists.matching.engine.assignment_solver import solve_assignment
from therapists.matching.engine.criteria import CURRENT_WEIGHTS
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.proposals import CURRENT_WORTH
from therapists.matching.engine.scoring import scorer
from therapists.matching.engine.shortlist import shortlist

ROUNDS = 5


def _best_of(rounds, work):
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return 1000 * min(times)


def _pool(random, therapists):
    made = [one.profile for _ in range(-(-therapists // 24)) for one in make_therapists(random, INDEPENDENT)]
    return [replace(profile, therapist_id=number) for number, profile in enumerate(made[:therapists])]


@pytest.mark.parametrize(("therapists", "target"), [(200, 5), (10_000, 150)])
def test_ranking_speed(therapists, target):
    random = np.random.default_rng(1)
    pool = _pool(random, therapists)
    [visitor] = make_visitors(random, INDEPENDENT, 1)
    ranking = _best_of(ROUNDS, lambda: list(rank(visitor.asks, pool)))
    whole = _best_of(ROUNDS, lambda: shortlist(visitor.asks, pool, AS_OF))
    print(f"\nranking {therapists} therapists: {ranking:.1f} ms (target {target}), all in all {whole:.1f}")


@pytest.mark.parametrize(("enquiries", "therapists"), [(20, 24), (60, 100), (200, 200), (200, 2_000)])
def test_assignment_speed(enquiries, therapists):
    random = np.random.default_rng(1)
    pool = _pool(random, therapists)
    waiting = [one.asks for one in make_visitors(random, INDEPENDENT, enquiries)]
    scorers = [scorer(criteria, CURRENT_WEIGHTS) for criteria in waiting]
    worth = [
        {one.therapist_id: CURRENT_WORTH.proposed + score(one).total for one in pool} for score in scorers
    ]
    places = {one.therapist_id: one.places for one in pool if one.places}
    worth = [{therapist: row[therapist] for therapist in places} for row in worth]
    solving = _best_of(ROUNDS, lambda: solve_assignment(worth, places))
    whole = _best_of(1, lambda: all_at_once(waiting, pool, [0] * enquiries))
    print(
        f"\n{enquiries} enquiries, {therapists} therapists: solving {solving:.0f} ms, with scores {whole:.0f}"
    )
