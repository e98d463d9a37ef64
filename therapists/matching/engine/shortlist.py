"""The few therapists that a visitor is shown, and which limits they could ease when too few fit.

Where fewer than three fit, limits are eased in steps ("rungs"), gentlest first. A rung that eases a limit the
visitor called firm is only offered to them, and applies once they agree. Essentials and the conditions of the
practice are never eased.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from therapists.matching.engine.criteria import CURRENT_WEIGHTS, FOUR_WEEKS, Candidate, Criteria, Weights
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import Ranked, rank

#: Where fewer fit, limits may be eased.
ENOUGH = 3
#: How many of those who fit are put in order: the matcher sees so many.
LONGEST_RANKING = 12


class Rung(StrEnum):
    """What is eased, gentlest first."""

    OTHER_TIMES = "other_times"
    PLACE_SOON = "place_soon"
    REDUCED_FEE = "reduced_fee"
    ADJACENT_CONCERN = "adjacent_concern"


EASES = {
    Rung.OTHER_TIMES: Exclusion.NO_SHARED_TIME,
    Rung.PLACE_SOON: Exclusion.NO_PLACE,
    Rung.REDUCED_FEE: Exclusion.FEE_ABOVE_LIMIT,
    Rung.ADJACENT_CONCERN: Exclusion.CONCERN_NOT_COVERED,
}
#: These ease what the visitor themselves called firm.
NEEDS_AGREEMENT = frozenset({Rung.OTHER_TIMES, Rung.REDUCED_FEE})
#: What a visitor could ask for less strictly, where nobody fits. Never what others say no to.
COULD_GIVE_WAY = frozenset(
    {
        Exclusion.FORMAT,
        Exclusion.LANGUAGE,
        Exclusion.GENDER,
        Exclusion.FEE_ABOVE_LIMIT,
        Exclusion.NO_SHARED_TIME,
    }
)


@dataclass(frozen=True, slots=True)
class ShortlistedTherapist:
    ranked: Ranked
    #: What had to be eased for this therapist; empty where nothing was.
    eased: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class OfferedEasing:
    """A firm limit that the visitor could ease, and how many therapists that would add."""

    rung: Rung
    would_add: int


@dataclass(frozen=True, slots=True)
class GivingWay:
    """An answer, by the exclusion it causes, and how many would be suggested if it gave way."""

    exclusion: Exclusion
    would_fit: int


@dataclass(frozen=True, slots=True)
class Excluded:
    therapist_id: int
    why: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    suggestions: tuple[ShortlistedTherapist, ...]
    offered_easings: tuple[OfferedEasing, ...]
    #: The first who fit without easing anything, best first.
    ranking: tuple[Ranked, ...]
    #: Everyone who fits without easing anything.
    fitting: frozenset[int]
    excluded: tuple[Excluded, ...]
    #: Where nobody fits: which answers could give way. The visitor decides.
    could_give_way: tuple[GivingWay, ...] = ()

    def excluded_counts(self) -> dict[Exclusion, int]:
        counts = Counter(why for excluded in self.excluded for why in excluded.why)
        return {why: counts[why] for why in Exclusion if counts[why]}


def shortlist(
    criteria: Criteria,
    candidates: Iterable[Candidate],
    as_of: date,
    agreed: frozenset[Rung] = frozenset(),
    weights: Weights = CURRENT_WEIGHTS,
) -> Shortlist:
    judged = [(candidate, exclusions(criteria, candidate, as_of)) for candidate in candidates]
    fitting = [candidate for candidate, why in judged if not why]
    ranking = tuple(islice(rank(criteria, fitting, weights), LONGEST_RANKING))
    outside = [(candidate, needed_rungs(criteria, candidate, why, as_of)) for candidate, why in judged if why]
    allowed = (frozenset(Rung) - NEEDS_AGREEMENT) | agreed
    suggestions = [ShortlistedTherapist(ranked, ()) for ranked in ranking[: weights.most_suggested]]
    if len(suggestions) < ENOUGH:
        let_in = _let_in_by_easing(criteria, outside, allowed, weights)
        suggestions += islice(let_in, ENOUGH - len(suggestions))
    return Shortlist(
        suggestions=tuple(suggestions),
        offered_easings=_offered_easings(outside, allowed) if len(suggestions) < ENOUGH else (),
        ranking=ranking,
        fitting=frozenset(candidate.therapist_id for candidate in fitting),
        excluded=tuple(
            sorted(
                (Excluded(candidate.therapist_id, why) for candidate, why in judged if why),
                key=lambda excluded: excluded.therapist_id,
            )
        ),
        could_give_way=() if suggestions else _could_give_way(criteria, judged, as_of, allowed),
    )


type Eased = tuple[Candidate, tuple[Rung, ...] | None]


def needed_rungs(
    criteria: Criteria, candidate: Candidate, why: tuple[Exclusion, ...], as_of: date
) -> tuple[Rung, ...] | None:
    """Return the rungs that would let this therapist in, or None where no easing could."""
    needed = tuple(rung for rung in Rung if EASES[rung] in why)
    if len(needed) < len(why):
        return None
    if all(_is_eased_enough(rung, criteria, candidate, as_of) for rung in needed):
        return needed
    return None


def _is_eased_enough(rung: Rung, criteria: Criteria, candidate: Candidate, as_of: date) -> bool:
    """Return whether this rung lets the therapist in: it eases a limit a little and does not drop it."""
    match rung:
        case Rung.OTHER_TIMES:
            return bool(candidate.slots)
        case Rung.PLACE_SOON:
            return candidate.next_place_on is not None and candidate.next_place_on <= as_of + FOUR_WEEKS
        case Rung.REDUCED_FEE:
            fee = candidate.fees.get(criteria.client_group or "")
            return bool(
                fee and fee.reduced is not None and criteria.budget and fee.reduced <= criteria.budget
            )
        case Rung.ADJACENT_CONCERN:
            related = criteria.related_concerns.get(criteria.main_concern or 0, frozenset())
            return candidate.helps_with_any(related)


def _let_in_by_easing(
    criteria: Criteria, outside: list[Eased], allowed: frozenset[Rung], weights: Weights
) -> Iterator[ShortlistedTherapist]:
    """Yield those let in by the allowed rungs: by the last rung they need, gentlest first, then by rank."""
    let_in = {
        candidate.therapist_id: (candidate, needed)
        for candidate, needed in outside
        if needed is not None and allowed.issuperset(needed)
    }
    for highest in Rung:
        group = [candidate for candidate, needed in let_in.values() if needed[-1] == highest]
        for ranked in rank(criteria, group, weights):
            yield ShortlistedTherapist(ranked, let_in[ranked.candidate.therapist_id][1])


def _could_give_way(
    criteria: Criteria,
    judged: Sequence[tuple[Candidate, tuple[Exclusion, ...]]],
    as_of: date,
    allowed: frozenset[Rung],
) -> tuple[GivingWay, ...]:
    """Count for each answer those whom nothing else keeps out, but for what is eased without asking."""
    found = []
    for exclusion in Exclusion:
        if exclusion not in COULD_GIVE_WAY:
            continue
        needed = (
            needed_rungs(criteria, candidate, tuple(one for one in why if one != exclusion), as_of)
            for candidate, why in judged
            if exclusion in why
        )
        would_fit = sum(rungs is not None and allowed.issuperset(rungs) for rungs in needed)
        if would_fit:
            found.append(GivingWay(exclusion, would_fit))
    return tuple(found)


def _offered_easings(outside: list[Eased], allowed: frozenset[Rung]) -> tuple[OfferedEasing, ...]:
    easings = []
    for rung in Rung:
        if rung in allowed:
            continue
        would_add = sum(
            1
            for _, needed in outside
            if needed is not None and rung in needed and (allowed | {rung}).issuperset(needed)
        )
        if would_add:
            easings.append(OfferedEasing(rung, would_add))
    return tuple(easings)
