"""What a therapist would like their profile to say, and how it differs from what the newest draft says.

Pure but for the rows that it makes: nothing is stored here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
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


def _as_read(value: Any) -> Any:
    """Return a value without what nobody sees: the kind of line break, or the order of ticks."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else sorted(value)


def fees_of(page: TherapistPage) -> Fees:
    return {row.group: (row.fee, row.reduced_fee) for row in page.fees.all()}


def own_concerns(page: TherapistPage) -> dict[int, str]:
    """Return the levels that a therapist may set, by concern."""
    return {row.concern_id: row.level for row in page.concerns.all() if row.level in OWN_LEVELS}
