"""Whom to ask for everyone who waits, decided at once: the assignment that is worth most in total.

Decided one by one, an early enquiry may take the only place that a later one could have used. Here a pair is
worth so much for being proposed at all, for each day waited, for having few therapists to choose from and
for how well the two fit, less for the share of the therapist's places in use. Ineligible pairs are no pairs.

Worth is counted in whole millionths of a point: sums are exact, and do not depend on the order of the input.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from therapists.fair_draw import draw_position
from therapists.matching.engine.assignment_solver import solve_assignment
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Candidate, Criteria, Weights
from therapists.matching.engine.eligibility import Exclusion, exclusions
from therapists.matching.engine.scoring import scorer
from therapists.matching.engine.shortlist import Rung, needed_rungs

MILLIONTHS = 1_000_000
#: One millionth outweighs every draw of all enquiries together (each below 2 ** 32), up to 65,536 of them.
DRAW_RANGE = 2**48

#: What keeps somebody from being asked today and passes by itself.
PASSES = frozenset({Exclusion.NO_PLACE, Exclusion.PAUSED})
#: What the shortlist eases too without asking the visitor, for someone who has a place.
EASED_UNASKED = frozenset({Rung.ADJACENT_CONCERN})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthRule:
    """What counts how much, in points. A change needs a new version: stored ones replay with their own."""

    version: str
    proposed: int
    #: For each day since the enquiry came.
    day_waited: int
    few_choices: int
    #: How many therapists are few.
    few: int
    #: Taken off, times the share of the therapist's places in use.
    share_used: int


WORTH_BY_VERSION = {
    rule.version: rule
    for rule in [WorthRule(version="1", proposed=1000, day_waited=15, few_choices=60, few=4, share_used=25)]
}
CURRENT_WORTH = WORTH_BY_VERSION["1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForProposal:
    #: Seeds the draw between therapists who are worth the same, and stands for the enquiry in the result.
    draw_key: str
    days_waited: int
    #: How many therapists could ever take this enquiry, whether they have a place today or not.
    choices: int
    #: The score from 0 to 100 of each therapist who may be asked today if they have a place.
    scores: Mapping[int, float]
    #: For those of them for whom a limit is eased, which.
    eased: Mapping[int, tuple[Rung, ...]] = field(default_factory=dict)
    #: The therapist whom the visitor asked for: as long as they have a place, nobody else is proposed.
    picked: int | None = None


@dataclass(frozen=True, slots=True)
class PlacesOf:
    """What the assignment knows of a therapist."""

    therapist_id: int
    places: int
    used: int

    @property
    def free(self) -> int:
        return max(self.places - self.used, 0)

    @property
    def share_used(self) -> float:
        return self.used / self.places if self.places else 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pair is worth, in points with six decimals."""

    proposed: float
    waited: float
    few_choices: float
    fit: float
    #: 0 or below.
    share_used: float

    @property
    def millionths(self) -> int:
        terms = (self.proposed, self.waited, self.few_choices, self.fit, self.share_used)
        return sum(round(term * MILLIONTHS) for term in terms)

    @property
    def total(self) -> float:
        return self.millionths / MILLIONTHS

    def by_name(self) -> dict[str, float]:
        return asdict(self)


class FirstBecause(StrEnum):
    """What counted most against the others who could have had this place."""

    UNCONTESTED = "uncontested"
    FEW_CHOICES = "few_choices"
    WAITED = "waited"
    FIT = "fit"
    #: None of these alone: otherwise the sum over everyone would be smaller.
    TOGETHER = "together"


class NotProposedBecause(StrEnum):
    NO_ONE_FITS = "no_one_fits"
    NO_PLACE_TODAY = "no_place_today"
    #: The last place of each who could take them counts more for somebody else.
    OTHERS_FIRST = "others_first"


@dataclass(frozen=True, slots=True)
class Proposal:
    draw_key: str
    therapist_id: int
    terms: Terms
    days_waited: int
    choices: int
    #: How many others who wait could have had this place, and what counted most against them.
    rivals: int
    because: FirstBecause
    #: How many therapists would be worth more for this enquiry alone: their places count more for others.
    worth_more: int
    eased: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class NotProposed:
    draw_key: str
    days_waited: int
    because: NotProposedBecause


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everyone who waits is in one of the two, in the order of their draw keys."""

    proposals: tuple[Proposal, ...]
    not_proposed: tuple[NotProposed, ...]

    @property
    def everyone(self) -> list[Proposal | NotProposed]:
        return [*self.proposals, *self.not_proposed]

    @property
    def total(self) -> float:
        return sum(one.terms.millionths for one in self.proposals) / MILLIONTHS


def propose(
    waiting: Iterable[WaitingForProposal], places: Iterable[PlacesOf], rule: WorthRule = CURRENT_WORTH
) -> Proposals:
    """Return the assignment with the greatest sum. Each therapist has at most as many as free places."""
    rows = sorted(waiting, key=lambda one: one.draw_key)
    free = {one.therapist_id: one for one in places if one.free}
    terms = [
        {key: _terms(one, one.scores[key], free[key], rule) for key in _open_to(one, free)} for one in rows
    ]
    worth = [
        {key: pair.millionths * DRAW_RANGE + _luck(one.draw_key, key) for key, pair in pairs.items()}
        for one, pairs in zip(rows, terms, strict=True)
    ]
    chosen = solve_assignment(worth, {key: min(one.free, len(rows)) for key, one in free.items()})
    left = {key: one.free for key, one in free.items()}
    for asked, taken in Counter(key for key in chosen if key is not None).items():
        left[asked] -= taken
    proposals: list[Proposal] = []
    not_proposed: list[NotProposed] = []
    for number, therapist in enumerate(chosen):
        one = rows[number]
        if therapist is None:
            not_proposed.append(NotProposed(one.draw_key, one.days_waited, _why_not(one, terms[number])))
            continue
        pair = terms[number][therapist]
        rivals = [
            pairs[therapist]
            for pairs, other in zip(terms, chosen, strict=True)
            if other != therapist and therapist in pairs
        ]
        proposals.append(
            Proposal(
                draw_key=one.draw_key,
                therapist_id=therapist,
                terms=pair,
                days_waited=one.days_waited,
                choices=one.choices,
                rivals=len(rivals),
                because=FirstBecause.UNCONTESTED if left[therapist] else _first_because(pair, rivals),
                worth_more=sum(other.millionths > pair.millionths for other in terms[number].values()),
                eased=one.eased.get(therapist, ()),
            )
        )
    return Proposals(tuple(proposals), tuple(not_proposed))


def _open_to(one: WaitingForProposal, free: Mapping[int, PlacesOf]) -> list[int]:
    if one.picked is not None and one.picked in one.scores and one.picked in free:
        return [one.picked]
    return [key for key in one.scores if key in free]


def _terms(one: WaitingForProposal, score: float, places: PlacesOf, rule: WorthRule) -> Terms:
    return Terms(
        proposed=rule.proposed,
        waited=rule.day_waited * one.days_waited,
        few_choices=rule.few_choices if one.choices <= rule.few else 0,
        fit=round(score, 6),
        share_used=-round(rule.share_used * places.share_used, 6),
    )


def _luck(draw_key: str, therapist: int) -> int:
    """Decide between equals by a draw for this enquiry: neither a name nor a primary key ever does."""
    return 2**32 - 1 - int.from_bytes(draw_position(draw_key, therapist)[:4])


def _first_because(pair: Terms, rivals: Sequence[Terms]) -> FirstBecause:
    if not rivals:
        return FirstBecause.UNCONTESTED
    ahead = {
        FirstBecause.FEW_CHOICES: pair.few_choices - max(rival.few_choices for rival in rivals),
        FirstBecause.WAITED: pair.waited - max(rival.waited for rival in rivals),
        FirstBecause.FIT: pair.fit - max(rival.fit for rival in rivals),
    }
    most = max(ahead, key=lambda because: ahead[because])
    return most if ahead[most] > 0 else FirstBecause.TOGETHER


def _why_not(one: WaitingForProposal, pairs: Mapping[int, Terms]) -> NotProposedBecause:
    if pairs:
        return NotProposedBecause.OTHERS_FIRST
    return NotProposedBecause.NO_PLACE_TODAY if one.choices else NotProposedBecause.NO_ONE_FITS


def waiting_for_proposal(
    criteria: Criteria,
    candidates: Iterable[Candidate],
    as_of: date,
    *,
    days_waited: int,
    agreed: frozenset[Rung] = frozenset(),
    picked: int | None = None,
    weights: Weights = CURRENT_WEIGHTS,
) -> WaitingForProposal:
    """Return whom an enquiry could go to, by the conditions of the ranking. `agreed`: see `shortlist`."""
    score = scorer(criteria, weights)
    eased = EASED_UNASKED | agreed
    choices = 0
    scores: dict[int, float] = {}
    let_in: dict[int, tuple[Rung, ...]] = {}
    for candidate in candidates:
        why = exclusions(criteria, candidate, as_of)
        lasting = tuple(one for one in why if one not in PASSES)
        needed = needed_rungs(criteria, candidate, lasting, as_of)
        if needed is None or not eased.issuperset(needed):
            continue
        choices += 1
        if Exclusion.PAUSED not in why:
            scores[candidate.therapist_id] = score(candidate).total
            if needed:
                let_in[candidate.therapist_id] = needed
    return WaitingForProposal(
        draw_key=criteria.draw_key,
        days_waited=days_waited,
        choices=choices,
        scores=scores,
        eased=let_in,
        picked=picked,
    )


def places_of(candidates: Iterable[Candidate]) -> list[PlacesOf]:
    return [PlacesOf(one.therapist_id, one.places, one.places_used) for one in candidates]
