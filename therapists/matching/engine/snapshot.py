"""The whole input of a ranking, or of proposals for all who wait: to store, and to replay from."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from types import NoneType
from typing import Any

from therapists.matching.engine.criteria import WEIGHTS_BY_VERSION, Candidate, Criteria, Fee, WeekPart
from therapists.matching.engine.proposals import (
    WORTH_BY_VERSION,
    Proposals,
    places_of,
    propose,
    waiting_for_proposal,
)
from therapists.matching.engine.shortlist import Rung, Shortlist, shortlist

type Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingInputs:
    criteria: Criteria
    candidates: tuple[Candidate, ...]
    as_of: date
    weights_version: str
    agreed: frozenset[Rung] = frozenset()

    def run(self) -> Shortlist:
        return shortlist(
            self.criteria,
            self.candidates,
            self.as_of,
            agreed=self.agreed,
            weights=WEIGHTS_BY_VERSION[self.weights_version],
        )

    def to_plain(self) -> Plain:
        """Return values for JSON, the same for every order of sets and candidates."""
        criteria = _plain(self.criteria)
        if self.criteria.unsure_since is None:
            # Runs were stored before there was this answer, and their digest is of what they held.
            del criteria["unsure_since"]
        return {
            "criteria": criteria,
            "candidates": plain_candidates(self.candidates),
            "as_of": self.as_of.isoformat(),
            "weights_version": self.weights_version,
            "agreed": sorted(self.agreed),
        }

    def digest(self) -> str:
        return digest_of(self.to_plain())


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingInput:
    """One enquiry that waits, with what its visitor agreed to ease."""

    criteria: Criteria
    days_waited: int
    agreed: frozenset[Rung] = frozenset()
    #: The therapist whom they asked for.
    picked: int | None = None

    def to_plain(self) -> Plain:
        return {
            "criteria": _plain(self.criteria),
            "days_waited": self.days_waited,
            "agreed": sorted(self.agreed),
            "picked": self.picked,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalInputs:
    waiting: tuple[WaitingInput, ...]
    candidates: tuple[Candidate, ...]
    as_of: date
    weights_version: str
    worth_version: str

    def run(self) -> Proposals:
        waiting = [
            waiting_for_proposal(
                one.criteria,
                self.candidates,
                self.as_of,
                days_waited=one.days_waited,
                agreed=one.agreed,
                picked=one.picked,
                weights=WEIGHTS_BY_VERSION[self.weights_version],
            )
            for one in self.waiting
        ]
        return propose(waiting, places_of(self.candidates), WORTH_BY_VERSION[self.worth_version])

    def digest(self) -> str:
        """Return a hash of the whole input, the same for every order of enquiries, candidates and sets."""
        whole = {
            "waiting": [
                one.to_plain() for one in sorted(self.waiting, key=lambda one: one.criteria.draw_key)
            ],
            "candidates": plain_candidates(self.candidates),
            "as_of": self.as_of.isoformat(),
            "weights_version": self.weights_version,
            "worth_version": self.worth_version,
        }
        return digest_of(whole)


def from_plain(plain: Plain) -> RankingInputs:
    return RankingInputs(
        criteria=_criteria(plain["criteria"]),
        candidates=candidates_from_plain(plain["candidates"]),
        as_of=date.fromisoformat(plain["as_of"]),
        weights_version=plain["weights_version"],
        agreed=frozenset(Rung(rung) for rung in plain["agreed"]),
    )


def waiting_from_plain(plain: Plain) -> WaitingInput:
    return WaitingInput(
        criteria=_criteria(plain["criteria"]),
        days_waited=plain["days_waited"],
        agreed=frozenset(Rung(rung) for rung in plain["agreed"]),
        picked=plain["picked"],
    )


def plain_candidates(candidates: Iterable[Candidate]) -> list[Plain]:
    return [
        _plain(candidate) for candidate in sorted(candidates, key=lambda candidate: candidate.therapist_id)
    ]


def candidates_from_plain(plain: Iterable[Plain]) -> tuple[Candidate, ...]:
    return tuple(_candidate(candidate) for candidate in plain)


def digest_of(plain: Plain) -> str:
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


#: Of these, thousands of therapists hold a million: nothing else is asked of them.
_PLAIN_ALREADY = frozenset({str, int, float, bool, NoneType})


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN_ALREADY:
        return value
    match value:
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case frozenset():
            return sorted(map(_plain, value))
        case tuple():
            return list(map(_plain, value))
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


def _criteria(plain: Plain) -> Criteria:
    sets = ["other_concerns", "therapies", "genders", "languages", "formats", "declined_by"]
    return Criteria(
        **plain
        | {name: frozenset(plain[name]) for name in sets}
        | {
            "related_concerns": {
                int(concern): frozenset(related) for concern, related in plain["related_concerns"].items()
            },
            "slots": _slots(plain["slots"]),
            "start_by": _day(plain["start_by"]),
            "budget": _amount(plain["budget"]),
            "unsure_since": _day(plain.get("unsure_since")),
        }
    )


def _candidate(plain: Plain) -> Candidate:
    sets = [
        "specialisms",
        "works_with",
        "does_not_take",
        "fully_trained",
        "partly_trained",
        "languages",
        "formats",
    ]
    days = ["registered_until", "insured_until", "paused_until", "available_from", "next_place_on"]
    last_offer_at = plain["last_offer_at"]
    return Candidate(
        **plain
        | {name: frozenset(plain[name]) for name in sets}
        | {name: _day(plain[name]) for name in days}
        | {
            "fees": {
                group: Fee(full=Decimal(fee["full"]), reduced=_amount(fee["reduced"]))
                for group, fee in plain["fees"].items()
            },
            "slots": _slots(plain["slots"]),
            "last_offer_at": datetime.fromisoformat(last_offer_at) if last_offer_at else None,
        }
    )


def _slots(plain: Iterable[list[Any]]) -> frozenset[WeekPart]:
    return frozenset((day, part) for day, part in plain)


def _day(plain: str | None) -> date | None:
    return date.fromisoformat(plain) if plain else None


def _amount(plain: str | None) -> Decimal | None:
    return None if plain is None else Decimal(plain)
