"""The processor time of pure ranking against many therapists. Measured, not asserted: machines differ."""

from dataclasses import replace
from time import process_time

import numpy as np
import pytest

from tests.benchmarks.matching.practice import AS_OF, make_therapists, make_visitors
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.shortlist import shortlist

ROUNDS = 5


def _best_of(rounds, work):
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return 1000 * min(times)


@pytest.mark.parametrize(("therapists", "target"), [(200, 5), (10_000, 150)])
def test_ranking_speed(therapists, target):
    random = np.random.default_rng(1)
    made = [one.profile for _ in range(-(-therapists // 24)) for one in make_therapists(random)]
    pool = [replace(profile, therapist_id=number) for number, profile in enumerate(made[:therapists])]
    [visitor] = make_visitors(random, 1)
    ranking = _best_of(ROUNDS, lambda: rank(visitor.asks, pool))
    whole = _best_of(ROUNDS, lambda: shortlist(visitor.asks, pool, AS_OF))
    print(f"\nranking {therapists} therapists: {ranking:.1f} ms (target {target}), all in all {whole:.1f}")
