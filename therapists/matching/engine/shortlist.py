"""The few therapists that a visitor is shown, and what to ask when too few fit.

Where fewer than three fit, the limits are eased one rung at a time. A rung that would ease a limit the
visitor called firm is only offered to them: it applies when they agree. Essentials and safety never ease.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from therapists.matching.engine.criteria import CURRENT_WEIGHTS, FOUR_WEEKS, Candidate, Criteria, Weights
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.ordering import Ranked, rank

LONGEST_SHORTLIST = 3


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


@dataclass(frozen=True, slots=True)
class Suggestion:
    ranked: Ranked
    #: What had to be eased for this therapist; empty where nothing was.
    eased: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A firm limit the visitor could ease, and how many therapists that would add."""

    rung: Rung
    would_add: int


@dataclass(frozen=True, slots=True)
class Excluded:
    therapist_id: int
    why: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    suggestions: tuple[Suggestion, ...]
    questions: tuple[Question, ...]
    #: Everyone who fits without easing anything, best first: the matcher's list.
    ranking: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]

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
    ranking = rank(criteria, (candidate for candidate, why in judged if not why), weights)
    outside = [(candidate, needed_rungs(criteria, candidate, why, as_of)) for candidate, why in judged if why]
    allowed = (frozenset(Rung) - NEEDS_AGREEMENT) | agreed
    suggestions = [Suggestion(ranked, ()) for ranked in ranking]
    suggestions += _climb(criteria, outside, allowed, weights)
    missing = LONGEST_SHORTLIST - len(suggestions)
    return Shortlist(
        suggestions=tuple(suggestions[:LONGEST_SHORTLIST]),
        questions=_questions(outside, allowed) if missing > 0 else (),
        ranking=tuple(ranking),
        excluded=tuple(
            sorted(
                (Excluded(candidate.therapist_id, why) for candidate, why in judged if why),
                key=lambda excluded: excluded.therapist_id,
            )
        ),
    )


type Eased = tuple[Candidate, tuple[Rung, ...] | None]


def needed_rungs(
    criteria: Criteria, candidate: Candidate, why: tuple[Exclusion, ...], as_of: date
) -> tuple[Rung, ...] | None:
    """The rungs that would let this therapist in, or None where no easing could."""
    needed = tuple(rung for rung in Rung if EASES[rung] in why)
    if len(needed) < len(why):
        return None
    if all(_holds(rung, criteria, candidate, as_of) for rung in needed):
        return needed
    return None


def _holds(rung: Rung, criteria: Criteria, candidate: Candidate, as_of: date) -> bool:
    """Whether easing this far is enough: a rung is a short step, not an open door."""
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


def _climb(
    criteria: Criteria, outside: list[Eased], allowed: frozenset[Rung], weights: Weights
) -> list[Suggestion]:
    """Those let in by the rungs allowed: whoever needs the gentlest last rung first, then by rank."""
    let_in = {
        candidate.therapist_id: (candidate, needed)
        for candidate, needed in outside
        if needed is not None and allowed.issuperset(needed)
    }
    steps = list(Rung)
    suggestions: list[Suggestion] = []
    for highest in steps:
        group = [candidate for candidate, needed in let_in.values() if needed[-1] == highest]
        suggestions += [
            Suggestion(ranked, let_in[ranked.candidate.therapist_id][1])
            for ranked in rank(criteria, group, weights)
        ]
    return suggestions


def _questions(outside: list[Eased], allowed: frozenset[Rung]) -> tuple[Question, ...]:
    questions = []
    for rung in Rung:
        if rung in allowed:
            continue
        would_add = sum(
            1
            for _, needed in outside
            if needed is not None and rung in needed and (allowed | {rung}).issuperset(needed)
        )
        if would_add:
            questions.append(Question(rung, would_add))
    return tuple(questions)
