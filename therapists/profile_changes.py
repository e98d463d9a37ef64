"""What a therapist would like their profile to say, and how it differs from what the newest draft says.

Pure but for the rows that it makes: nothing is stored here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from therapists.enums import ConcernLevel
from therapists.models import ClientGroupFee, TherapistConcern, TherapistPage

#: The fields that a therapist may propose. What the practice checked, only the practice changes.
OWN_FIELDS = (
    "own_sentence",
    "how_i_work",
    "first_meeting",
    "about_me",
    "pronouns",
    "formats",
    "languages",
    "location",
    "access_details",
)
OWN_LEVELS = (ConcernLevel.WORKS_WITH, ConcernLevel.DOES_NOT_TAKE)

#: By client group: the fee and the reduced fee.
type Fees = dict[str, tuple[Decimal, Decimal | None]]


@dataclass(frozen=True)
class Wishes:
    """What a profile is to say. Of concerns only those in `asked_about` are spoken of; others stay."""

    fields: dict[str, Any]
    concerns: dict[int, str]
    asked_about: Collection[int]
    fees: Fees

    def apply_to(self, draft: TherapistPage) -> list[str]:
        """Set what differs on a draft, and return the names of those fields and relations."""
        changed = [
            name for name, value in self.fields.items() if _as_read(getattr(draft, name)) != _as_read(value)
        ]
        for name in changed:
            setattr(draft, name, self.fields[name])
        if self.fees != fees_of(draft):
            draft.fees = list(self._fee_rows(draft.fees.all()))
            changed.append("fees")
        own = {pk: level for pk, level in own_concerns(draft).items() if pk in self.asked_about}
        if self.concerns != own:
            draft.concerns = list(self._concern_rows(draft.concerns.all()))
            changed.append("concerns")
        return changed

    def _fee_rows(self, before: Iterable[ClientGroupFee]) -> Iterable[ClientGroupFee]:
        known = {row.group: row for row in before}
        order = [*known, *(group for group in self.fees if group not in known)]
        for position, group in enumerate(group for group in order if group in self.fees):
            row = known.get(group) or ClientGroupFee(group=group)
            row.fee, row.reduced_fee = self.fees[group]
            row.sort_order = position
            yield row

    def _concern_rows(self, before: Iterable[TherapistConcern]) -> Iterable[TherapistConcern]:
        rows = []
        wanted = dict(self.concerns)
        for row in before:
            is_theirs = row.level in OWN_LEVELS and row.concern_id in self.asked_about
            if is_theirs and row.concern_id not in wanted:
                continue
            if is_theirs:
                row.level = wanted.pop(row.concern_id)
            rows.append(row)
        rows += [TherapistConcern(concern_id=pk, level=level) for pk, level in wanted.items()]
        for position, row in enumerate(rows):
            row.sort_order = position
        return rows


@dataclass(frozen=True)
class Proposed:
    """What was proposed since somebody last read it: by field, the words of before, and those wished for."""

    #: The draft that a therapist found, None where they found what visitors see; and the one they left.
    found_revision: int | None
    left_revision: int
    fields: dict[str, list[Any]]

    def and_then(self, later: "Proposed") -> "Proposed":
        """Return both as one: a wish that was taken back is none."""
        both = {
            name: [self.fields.get(name, later.fields.get(name, []))[0], later.fields.get(name, wished)[1]]
            for name, wished in (later.fields | self.fields).items()
        }
        wishes = {name: words for name, words in both.items() if words[0] != words[1]}
        return Proposed(self.found_revision, later.left_revision, wishes)

    def taken_into(self, page: TherapistPage) -> "Taken":
        """Return how much of it a page says."""
        says = said_by(page)
        if all(says[name] == wished for name, (_before, wished) in self.fields.items()):
            return Taken.WHOLLY
        if all(says[name] == before for name, (before, _wished) in self.fields.items()):
            return Taken.NOT_AT_ALL
        return Taken.WITH_CHANGES


class Taken(Enum):
    WHOLLY = auto()
    WITH_CHANGES = auto()
    NOT_AT_ALL = auto()


def said_by(page: TherapistPage) -> dict[str, Any]:
    """Return what a page says that its therapist may propose, as JSON keeps it."""
    return {
        **{name: _as_read(getattr(page, name)) for name in OWN_FIELDS},
        "fees": {group: [f"{fee:.2f}" for fee in both if fee] for group, both in fees_of(page).items()},
        "concerns": {str(pk): str(level) for pk, level in own_concerns(page).items()},
    }


def _as_read(value: Any) -> Any:
    """Return a value without what nobody sees: the kind of line break, or the order of ticks."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else sorted(value)


def fees_of(page: TherapistPage) -> Fees:
    return {row.group: (row.fee, row.reduced_fee) for row in page.fees.all()}


def own_concerns(page: TherapistPage) -> dict[int, str]:
    """Return the levels that a therapist may set, by concern."""
    return {row.concern_id: row.level for row in page.concerns.all() if row.level in OWN_LEVELS}
