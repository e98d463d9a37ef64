"""Why a therapist is suggested, and what to know first, derived from the contributions to the score.

Reasons are codes with their facts; the modules in `text` make sentences of them. Each reason belongs to a
criterion that added to the score, each caution to one that could have added more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from therapists.matching.engine.criteria import Candidate, Criteria, Criterion, TherapistPreference, WeekPart
from therapists.matching.engine.scoring import (
    ADJACENT,
    BROAD_PRACTICE,
    SPECIALISM,
    WORKS_WITH,
    Score,
    concern_fit,
    meets,
)
from therapists.matching.engine.shortlist import Rung, ShortlistedTherapist


class ReasonCode(StrEnum):
    """Everything that may be said of a match: first the reasons, then the cautions."""

    SPECIALISES_IN_MAIN = "specialises_in_main"
    WORKS_WITH_MAIN = "works_with_main"
    NEAR_MAIN = "near_main"
    HELPS_WITH_OTHERS = "helps_with_others"
    HAS_BROAD_PRACTICE = "has_broad_practice"
    OFFERS_APPROACH = "offers_approach"
    SHARES_TIMES = "shares_times"
    IS_OF_GENDER = "is_of_gender"
    SPEAKS_LANGUAGE = "speaks_language"
    STARTS_IN_TIME = "starts_in_time"
    TAKES_CLIENTS_NOW = "takes_clients_now"
    TAKES_CLIENTS_SOON = "takes_clients_soon"
    WITHIN_BUDGET = "within_budget"
    WITHIN_BUDGET_IF_REDUCED = "within_budget_if_reduced"

    MAIN_NOT_LISTED = "main_not_listed"
    OTHERS_NOT_LISTED = "others_not_listed"
    APPROACH_IN_PART = "approach_in_part"
    APPROACH_NOT_OFFERED = "approach_not_offered"
    NO_SHARED_TIME = "no_shared_time"
    DIARY_NOT_CONFIRMED = "diary_not_confirmed"
    OTHER_GENDER = "other_gender"
    OTHER_LANGUAGE = "other_language"
    STARTS_LATER = "starts_later"
    ABOVE_BUDGET = "above_budget"
    PLACE_FROM = "place_from"
    REDUCED_FEE_TO_ASK = "reduced_fee_to_ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    code: ReasonCode
    criterion: Criterion
    concerns: tuple[int, ...] = ()
    therapies: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    slots: tuple[WeekPart, ...] = ()
    day: date | None = None
    amount: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    reasons: tuple[Statement, ...]
    cautions: tuple[Statement, ...]


def explain(criteria: Criteria, suggestion: ShortlistedTherapist) -> Explanation:
    ranked = suggestion.ranked
    return Explanation(
        reasons=tuple(_reasons(criteria, ranked.candidate, ranked.score)),
        cautions=(
            *_eased(ranked.candidate, suggestion.eased),
            *_cautions(criteria, ranked.candidate, ranked.score),
        ),
    )


def _reasons(criteria: Criteria, candidate: Candidate, score: Score) -> Iterator[Statement]:
    for part in score.contributions:
        if part.points > 0:
            yield from _REASONS[part.criterion](criteria, candidate)


def _cautions(criteria: Criteria, candidate: Candidate, score: Score) -> Iterator[Statement]:
    for part in score.contributions:
        if part.fit < 1:
            yield from _CAUTIONS[part.criterion](criteria, candidate)


def _concern_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    main = criteria.main_concern
    if main is not None:
        fit = concern_fit(criteria, candidate, main)
        code = {
            SPECIALISM: ReasonCode.SPECIALISES_IN_MAIN,
            WORKS_WITH: ReasonCode.WORKS_WITH_MAIN,
            ADJACENT: ReasonCode.NEAR_MAIN,
        }.get(fit)
        if code == ReasonCode.NEAR_MAIN:
            near = criteria.related_concerns[main] & (candidate.specialisms | candidate.works_with)
            yield Statement(code=code, criterion=Criterion.CONCERN, concerns=(main, *sorted(near)))
        elif code:
            yield Statement(code=code, criterion=Criterion.CONCERN, concerns=(main,))
    if criteria.unsure_since is not None and len(candidate.concerns) >= BROAD_PRACTICE / 2:
        yield Statement(
            code=ReasonCode.HAS_BROAD_PRACTICE,
            criterion=Criterion.CONCERN,
            concerns=tuple(sorted(candidate.concerns)),
        )
    helped = [concern for concern in sorted(criteria.other_concerns) if candidate.helps_with(concern)]
    if helped:
        yield Statement(
            code=ReasonCode.HELPS_WITH_OTHERS, criterion=Criterion.CONCERN, concerns=tuple(helped)
        )


def _concern_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    main = criteria.main_concern
    if main is not None and not candidate.helps_with(main):
        yield Statement(code=ReasonCode.MAIN_NOT_LISTED, criterion=Criterion.CONCERN, concerns=(main,))
    missing = [c for c in sorted(criteria.other_concerns) if not candidate.helps_with(c)]
    if missing:
        yield Statement(
            code=ReasonCode.OTHERS_NOT_LISTED, criterion=Criterion.CONCERN, concerns=tuple(missing)
        )


def _approach_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    offered = criteria.therapies & candidate.fully_trained
    if offered:
        yield Statement(
            code=ReasonCode.OFFERS_APPROACH,
            criterion=Criterion.APPROACH,
            therapies=tuple(sorted(offered)),
        )


def _approach_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    in_part = criteria.therapies & candidate.partly_trained
    yield Statement(
        code=ReasonCode.APPROACH_IN_PART if in_part else ReasonCode.APPROACH_NOT_OFFERED,
        criterion=Criterion.APPROACH,
        therapies=tuple(sorted(in_part or criteria.therapies)),
    )


def _times_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    yield Statement(
        code=ReasonCode.SHARES_TIMES,
        criterion=Criterion.TIMES,
        slots=tuple(sorted(criteria.slots & candidate.slots)),
    )


def _times_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    if criteria.slots.isdisjoint(candidate.slots):
        yield Statement(code=ReasonCode.NO_SHARED_TIME, criterion=Criterion.TIMES)
    elif not candidate.diary_is_confirmed:
        yield Statement(code=ReasonCode.DIARY_NOT_CONFIRMED, criterion=Criterion.TIMES)


def _preference_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    for preference in criteria.soft_preferences:
        if not meets(criteria, candidate, preference):
            continue
        if preference == TherapistPreference.GENDER:
            code, words = ReasonCode.IS_OF_GENDER, frozenset({candidate.gender})
        else:
            code, words = ReasonCode.SPEAKS_LANGUAGE, criteria.languages & candidate.languages
        yield Statement(code=code, criterion=Criterion.PREFERENCES, words=tuple(sorted(words)))


def _preference_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    for preference in criteria.soft_preferences:
        if meets(criteria, candidate, preference):
            continue
        if preference == TherapistPreference.GENDER:
            code, words = ReasonCode.OTHER_GENDER, criteria.genders
        else:
            code, words = ReasonCode.OTHER_LANGUAGE, criteria.languages
        yield Statement(code=code, criterion=Criterion.PREFERENCES, words=tuple(sorted(words)))


def _start_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    if criteria.start_by and candidate.available_from and candidate.available_from <= criteria.start_by:
        yield Statement(
            code=ReasonCode.STARTS_IN_TIME, criterion=Criterion.START, day=candidate.available_from
        )
    elif criteria.unsure_since and not criteria.start_by and candidate.available_from:
        is_now = candidate.available_from <= criteria.unsure_since
        yield Statement(
            code=ReasonCode.TAKES_CLIENTS_NOW if is_now else ReasonCode.TAKES_CLIENTS_SOON,
            criterion=Criterion.START,
            day=candidate.available_from,
        )


def _start_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    if criteria.start_by:
        yield Statement(code=ReasonCode.STARTS_LATER, criterion=Criterion.START, day=candidate.available_from)


def _fee_reasons(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    if not criteria.can_afford(candidate):
        return
    fee = candidate.fees[criteria.client_group or ""]
    is_full = criteria.can_afford_in_full(candidate)
    yield Statement(
        code=ReasonCode.WITHIN_BUDGET if is_full else ReasonCode.WITHIN_BUDGET_IF_REDUCED,
        criterion=Criterion.FEE,
        amount=fee.full if is_full else fee.reduced,
        limit=criteria.budget,
    )


def _fee_cautions(criteria: Criteria, candidate: Candidate) -> Iterator[Statement]:
    fee = candidate.fees.get(criteria.client_group or "")
    if fee is None or criteria.budget is None:
        return
    if criteria.can_afford(candidate):
        yield Statement(
            code=ReasonCode.REDUCED_FEE_TO_ASK, criterion=Criterion.FEE, amount=fee.reduced, limit=fee.full
        )
    else:
        yield Statement(
            code=ReasonCode.ABOVE_BUDGET,
            criterion=Criterion.FEE,
            amount=fee.full - criteria.budget,
            limit=criteria.budget,
        )


def _eased(candidate: Candidate, rungs: tuple[Rung, ...]) -> Iterator[Statement]:
    """Name what was eased, where no criterion says it already."""
    if Rung.PLACE_SOON in rungs:
        yield Statement(code=ReasonCode.PLACE_FROM, criterion=Criterion.START, day=candidate.next_place_on)


_REASONS = {
    Criterion.CONCERN: _concern_reasons,
    Criterion.TIMES: _times_reasons,
    Criterion.APPROACH: _approach_reasons,
    Criterion.PREFERENCES: _preference_reasons,
    Criterion.START: _start_reasons,
    Criterion.FEE: _fee_reasons,
}
_CAUTIONS = {
    Criterion.CONCERN: _concern_cautions,
    Criterion.TIMES: _times_cautions,
    Criterion.APPROACH: _approach_cautions,
    Criterion.PREFERENCES: _preference_cautions,
    Criterion.START: _start_cautions,
    Criterion.FEE: _fee_cautions,
}
