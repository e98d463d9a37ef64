"""The conditions that a therapist must meet to be suggested. They are never weighed against a score."""

from datetime import date
from enum import StrEnum
from typing import Any

from therapists.matching.engine.criteria import Candidate, Criteria


class Exclusion(StrEnum):
    """Why a therapist is left out, in the order in which a matcher reads the reasons."""

    NOT_PUBLISHED = "not_published"
    NOT_REGISTERED = "not_registered"
    NOT_INSURED = "not_insured"
    PAUSED = "paused"
    CLIENT_GROUP = "client_group"
    FORMAT = "format"
    LANGUAGE = "language"
    GENDER = "gender"
    DOES_NOT_TAKE = "does_not_take"
    DECLINED_BEFORE = "declined_before"
    FEE_ABOVE_LIMIT = "fee_above_limit"
    NO_SHARED_TIME = "no_shared_time"
    NO_PLACE = "no_place"
    CONCERN_NOT_COVERED = "concern_not_covered"


#: Limits that the shortlist may ease. Every other exclusion is final.
EASEABLE = frozenset(
    {
        Exclusion.NO_SHARED_TIME,
        Exclusion.NO_PLACE,
        Exclusion.FEE_ABOVE_LIMIT,
        Exclusion.CONCERN_NOT_COVERED,
    }
)


def exclusions(criteria: Criteria, candidate: Candidate, as_of: date) -> tuple[Exclusion, ...]:
    """Return every reason to leave this therapist out; empty if they may be suggested."""
    return (
        *_practice_conditions(candidate, as_of),
        *_essentials(criteria, candidate),
        *_limits(criteria, candidate),
    )


def _practice_conditions(candidate: Candidate, as_of: date) -> list[Exclusion]:
    """Check what the practice requires of every therapist. A missing date counts as expired."""
    found = []
    if not candidate.is_published:
        found.append(Exclusion.NOT_PUBLISHED)
    if candidate.registered_until is None or candidate.registered_until < as_of:
        found.append(Exclusion.NOT_REGISTERED)
    if candidate.insured_until is None or candidate.insured_until < as_of:
        found.append(Exclusion.NOT_INSURED)
    if candidate.paused_until is not None and candidate.paused_until > as_of:
        found.append(Exclusion.PAUSED)
    return found


def _essentials(criteria: Criteria, candidate: Candidate) -> list[Exclusion]:
    found = []
    if criteria.client_group and criteria.client_group not in candidate.fees:
        found.append(Exclusion.CLIENT_GROUP)
    if _misses(criteria.formats, candidate.formats):
        found.append(Exclusion.FORMAT)
    if criteria.language_is_essential and _misses(criteria.languages, candidate.languages):
        found.append(Exclusion.LANGUAGE)
    if criteria.gender_is_essential and criteria.genders and candidate.gender not in criteria.genders:
        found.append(Exclusion.GENDER)
    if not criteria.concerns.isdisjoint(candidate.does_not_take):
        found.append(Exclusion.DOES_NOT_TAKE)
    if candidate.therapist_id in criteria.declined_by:
        found.append(Exclusion.DECLINED_BEFORE)
    return found


def _limits(criteria: Criteria, candidate: Candidate) -> list[Exclusion]:
    found = []
    if criteria.budget_is_firm and criteria.budget is not None:
        fee = candidate.fees.get(criteria.client_group or "")
        if fee is not None and fee.full > criteria.budget:
            found.append(Exclusion.FEE_ABOVE_LIMIT)
    if criteria.only_these_times and _misses(criteria.slots, candidate.slots):
        found.append(Exclusion.NO_SHARED_TIME)
    if not candidate.has_place:
        found.append(Exclusion.NO_PLACE)
    if criteria.main_concern is not None and not candidate.helps_with(criteria.main_concern):
        found.append(Exclusion.CONCERN_NOT_COVERED)
    return found


def _misses(asked: frozenset[Any], offered: frozenset[Any]) -> bool:
    """Return whether something was asked for and none of it is offered."""
    return bool(asked) and asked.isdisjoint(offered)
