"""The order of therapists for one enquiry: by score, and fair among those who fit equally well.

Where a visitor named a budget, those within it who cover the main concern come first: with their full fee,
then with a reduced one that has to be asked for. Then comes everyone else.

Therapists within a band of the best score count as equal. Within a band, the one with the smallest share of
places in use comes first, then the one whose last offer is longest ago, then a draw. So work is shared, and a
newcomer gets some but not all of it. Neither a name nor a primary key ever decides.

Of thousands only the first are read: bands are put in order as they are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

from therapists.fair_draw import draw_position
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Candidate, Criteria, Weights
from therapists.matching.engine.scoring import Score, scorer

#: Sums of floats that ought to be equal may differ by up to this.
ROUNDING = 1e-9

NEVER_OFFERED = datetime.min.replace(tzinfo=UTC)


class DecidedBy(StrEnum):
    """What put a therapist before the next one. FIT for the last of a band, but where the budget decided."""

    FIT = "fit"
    BUDGET = "budget"
    LOAD = "load"
    LAST_OFFER = "last_offer"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    score: Score
    #: How many others are in the same band.
    level_with: int
    #: Whether this is the first of the band.
    is_first: bool
    decided_by: DecidedBy


def rank(
    criteria: Criteria, candidates: Iterable[Candidate], weights: Weights = CURRENT_WEIGHTS
) -> Iterator[Ranked]:
    """Return the candidates, best first. Conditions are not checked: see `eligibility`."""
    score = scorer(criteria, weights)
    scored = sorted(
        ((candidate, score(candidate)) for candidate in candidates),
        key=lambda pair: -pair[1].total,
    )
    if not weights.budget_comes_first or criteria.budget is None:
        return _order(scored, criteria, weights)
    return _order_tiers(scored, criteria, weights)


type Scored = tuple[Candidate, Score]


def _order_tiers(scored: Sequence[Scored], criteria: Criteria, weights: Weights) -> Iterator[Ranked]:
    """Yield those of each tier in turn. Where the next tier fits as well, the budget put them before it."""
    tiers: defaultdict[int, list[Scored]] = defaultdict(list)
    for candidate, score in scored:
        tiers[_tier(criteria, candidate, weights)].append((candidate, score))
    for pairs, following in pairwise([*(tiers[tier] for tier in sorted(tiers)), []]):
        ordered = _order(pairs, criteria, weights)
        last = next(ordered)
        for ranked in ordered:
            yield last
            last = ranked
        if following and last.score.total <= following[0][1].total + weights.band:
            last = replace(last, decided_by=DecidedBy.BUDGET)
        yield last


def _tier(criteria: Criteria, candidate: Candidate, weights: Weights) -> int:
    """Return 0 for those within the budget, 1 for those within it at a reduced fee, 2 for everyone else."""
    covers = criteria.main_concern is None or candidate.helps_with(criteria.main_concern)
    if not covers or not criteria.can_afford(candidate):
        return 2
    return 0 if not weights.full_fee_comes_first or criteria.can_afford_in_full(candidate) else 1


def _order(scored: Sequence[Scored], criteria: Criteria, weights: Weights) -> Iterator[Ranked]:
    for band in _bands(scored, weights.band):
        yield from _order_band(band, criteria.draw_key)


def _bands(scored: Sequence[Scored], width: float) -> Iterable[Sequence[Scored]]:
    """Split the sorted scores. `width` is in points below the best of each band."""
    start = 0
    while start < len(scored):
        floor = scored[start][1].total - width - ROUNDING
        end = start + 1
        while end < len(scored) and scored[end][1].total >= floor:
            end += 1
        yield scored[start:end]
        start = end


def _order_band(band: Sequence[Scored], draw_key: str) -> Iterable[Ranked]:
    keyed = sorted(
        ((_tie_break(candidate, draw_key), candidate, score) for candidate, score in band),
        key=lambda entry: entry[0],
    )
    for position, (tie_break, candidate, score) in enumerate(keyed):
        following = keyed[position + 1][0] if position + 1 < len(keyed) else None
        yield Ranked(candidate, score, len(band) - 1, position == 0, _decided_by(tie_break, following))


type TieBreak = tuple[float, datetime, bytes]


def _tie_break(candidate: Candidate, draw_key: str) -> TieBreak:
    return (
        candidate.load,
        candidate.last_offer_at or NEVER_OFFERED,
        draw_position(draw_key, candidate.therapist_id),
    )


def _decided_by(tie_break: TieBreak, following: TieBreak | None) -> DecidedBy:
    if following is None:
        return DecidedBy.FIT
    if tie_break[0] != following[0]:
        return DecidedBy.LOAD
    if tie_break[1] != following[1]:
        return DecidedBy.LAST_OFFER
    return DecidedBy.DRAW
