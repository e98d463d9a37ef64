"""A comparison of therapies: what the table, the compare page and the API all show.

Pure: from the facts of each therapy it decides which rows are shown, in which order, and how the
references are numbered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from therapies.comparing import pairs
from therapies.facts import (
    NumberedReference,
    ReferenceNumbers,
    ShownDimension,
    ShownTherapy,
    ShownValue,
    TherapyFacts,
)


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What one therapy answers; `value` is None where nothing is recorded."""

    therapy: ShownTherapy
    value: ShownValue | None
    reference_numbers: tuple[int, ...]

    @property
    def recorded(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    dimension: ShownDimension
    cells: tuple[ComparisonCell, ...]

    @property
    def recorded(self) -> bool:
        return any(cell.recorded for cell in self.cells)

    @property
    def complete(self) -> bool:
        return all(cell.recorded for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether two therapies answer differently. What is not recorded is not a difference."""
        return len({_comparable(cell.value.answer) for cell in self.cells if cell.value}) > 1


#: How many differences lead where editors named no point of comparison that does.
FEW_DIFFERENCES = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    therapies: tuple[ShownTherapy, ...]
    rows: tuple[ComparisonRow, ...]
    references: tuple[NumberedReference, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(therapy.compare_name for therapy in self.therapies)

    @property
    def address(self) -> str:
        """The last part of the address of the whole comparison: `dit-vs-ipt`."""
        return pairs.address(self.names)

    @property
    def anchor(self) -> str:
        """A prefix for element ids, different for each table of one page."""
        first = [row.dimension.key for row in self.rows[:1]]
        return "-".join([*self.names, *first, str(len(self.rows))])

    @property
    def leading(self) -> tuple[ComparisonRow, ...]:
        """Return the differences that are told first: those that editors named, or else the first few."""
        differing = tuple(row for row in self.rows if row.complete and row.differs)
        named = tuple(row for row in differing if row.dimension.leads_comparisons)
        return named or differing[:FEW_DIFFERENCES]

    @property
    def same(self) -> tuple[ComparisonRow, ...]:
        """Return what all of them answer alike."""
        return tuple(row for row in self.rows if row.complete and not row.differs)

    @property
    def told_first(self) -> "Comparison":
        """Return the comparison of what is told in large words: leading differences, and what is the same."""
        return replace(self, rows=(*self.leading, *self.same))

    @property
    def rest(self) -> "Comparison":
        """Return the comparison of everything else, with the numbers that its sources have here."""
        told = {row.dimension.key for row in self.told_first.rows}
        return replace(self, rows=tuple(row for row in self.rows if row.dimension.key not in told))

    @property
    def values(self) -> tuple[ShownValue, ...]:
        return tuple(cell.value for row in self.rows for cell in row.cells if cell.value)

    @property
    def first_checked(self) -> date | None:
        return min((value.checked_on for value in self.values), default=None)

    @property
    def last_checked(self) -> date | None:
        return max((value.checked_on for value in self.values), default=None)

    @property
    def checked_by(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.checked_by for value in self.values if value.checked_by))

    @property
    def has_own_statements(self) -> bool:
        return any(value.is_own_statement for value in self.values)


def compare(
    therapies: Sequence[TherapyFacts], dimensions: Sequence[ShownDimension] | None = None
) -> Comparison:
    """Put therapies side by side.

    Without `dimensions`, every dimension that one of them has a value for is a row, and differences come
    first. With `dimensions`, an editor chose them: their order is kept, and one without any value still
    has its row, which says that nothing is recorded.
    """
    chosen = dimensions is not None
    if dimensions is None:
        dimensions = _dimensions_of(therapies)
    rows = [_row(dimension, therapies) for dimension in dimensions]
    if not chosen:
        rows.sort(key=_first_told_first)
    numbers = ReferenceNumbers()
    return Comparison(
        therapies=tuple(facts.therapy for facts in therapies),
        rows=tuple(_numbered(row, numbers) for row in rows),
        references=numbers.listed(),
    )


def _dimensions_of(therapies: Sequence[TherapyFacts]) -> list[ShownDimension]:
    values = [value for facts in therapies for value in facts.values.values()]
    return list({value.dimension.key: value.dimension for value in values}.values())


def _first_told_first(row: ComparisonRow) -> tuple[bool, bool, bool, tuple[int, str]]:
    dimension = row.dimension
    return not row.differs, not dimension.leads_comparisons, row.complete, dimension.place


def _row(dimension: ShownDimension, therapies: Sequence[TherapyFacts]) -> ComparisonRow:
    cells = (ComparisonCell(facts.therapy, facts.values.get(dimension.key), ()) for facts in therapies)
    return ComparisonRow(dimension, tuple(cells))


def _numbered(row: ComparisonRow, numbers: ReferenceNumbers) -> ComparisonRow:
    cells = (
        ComparisonCell(cell.therapy, cell.value, numbers.of(cell.value.references) if cell.value else ())
        for cell in row.cells
    )
    return ComparisonRow(row.dimension, tuple(cells))


def _comparable(answer: str) -> str:
    return " ".join(answer.casefold().split()).rstrip(".")
