"""Whose turn it is among those who fit equally well.

Everyone within a band of the best is the same fit; inside it the emptiest diary comes first, so that
work is shared and a newcomer is neither starved nor flooded. Neither a name nor a key ever decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from therapists.lots import lot
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Candidate, Criteria, Weights
from therapists.matching.engine.scoring import Score, scorer

#: Sums of floats that should be equal may differ by less than this.
ROUNDING = 1e-9

NEVER_OFFERED = datetime.min.replace(tzinfo=UTC)


class DecidedBy(StrEnum):
    """What put a therapist before the next one of the same band."""

    FIT = "fit"
    LOAD = "load"
    LAST_OFFER = "last_offer"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    score: Score
    level_with: int
    #: Whether it comes before all that it is level with.
    is_first: bool
    decided_by: DecidedBy


def rank(
    criteria: Criteria, candidates: Iterable[Candidate], weights: Weights = CURRENT_WEIGHTS
) -> list[Ranked]:
    """The candidates, best first. Who may be among them is for `eligibility` to say."""
    score = scorer(criteria, weights)
    scored = sorted(
        ((candidate, score(candidate)) for candidate in candidates),
        key=lambda pair: -pair[1].total,
    )
    return [placed for band in _bands(scored, weights.band) for placed in _turns(band, criteria.draw_key)]


type Scored = tuple[Candidate, Score]


def _bands(scored: Sequence[Scored], width: float) -> Iterable[Sequence[Scored]]:
    start = 0
    while start < len(scored):
        floor = scored[start][1].total - width - ROUNDING
        end = start + 1
        while end < len(scored) and scored[end][1].total >= floor:
            end += 1
        yield scored[start:end]
        start = end


def _turns(band: Sequence[Scored], draw_key: str) -> Iterable[Ranked]:
    keyed = sorted(
        ((_turn(candidate, draw_key), candidate, score) for candidate, score in band),
        key=lambda entry: entry[0],
    )
    for position, (turn, candidate, score) in enumerate(keyed):
        rival = keyed[position + 1][0] if position + 1 < len(keyed) else None
        yield Ranked(candidate, score, len(band) - 1, position == 0, _decided_by(turn, rival))


type Turn = tuple[float, datetime, bytes]


def _turn(candidate: Candidate, draw_key: str) -> Turn:
    return (
        candidate.load,
        candidate.last_offer_at or NEVER_OFFERED,
        lot(draw_key, candidate.therapist_id),
    )


def _decided_by(turn: Turn, next_turn: Turn | None) -> DecidedBy:
    if next_turn is None:
        return DecidedBy.FIT
    if turn[0] != next_turn[0]:
        return DecidedBy.LOAD
    if turn[1] != next_turn[1]:
        return DecidedBy.LAST_OFFER
    return DecidedBy.DRAW
