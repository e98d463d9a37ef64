"""A comparison of therapies as plain values: what the table, the compare page and the API all show.

Pure: it is given what is recorded and decides what is shown, in which order, and how the sources
are numbered. `therapies.comparing.recorded` reads the facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from therapies.comparing import pairs


@dataclass(frozen=True, slots=True)
class Source:
    """Something a fact rests on. `superseded_by` is the citation of what replaced it, or empty."""

    key: str
    citation: str
    kind: str
    url: str
    year: int | None
    accessed: date | None
    superseded_by: str


@dataclass(frozen=True, slots=True)
class NumberedSource:
    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class Question:
    """One point of comparison."""

    key: str
    label: str
    question: str
    in_fact_box: bool
    order: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One therapy's recorded answer. Without a source it is the practice's own statement."""

    question: Question
    answer: str
    detail: str
    minimum: int | None
    maximum: int | None
    unit: str
    sources: tuple[Source, ...]
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class Column:
    """A therapy at the head of a column."""

    id: int
    name: str
    title: str
    short_name: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one therapy answers; `fact` is None where nothing is recorded."""

    column: Column
    fact: Fact | None
    source_numbers: tuple[int, ...]

    @property
    def recorded(self) -> bool:
        return self.fact is not None


@dataclass(frozen=True, slots=True)
class Row:
    question: Question
    cells: tuple[Cell, ...]

    @property
    def recorded(self) -> bool:
        return any(cell.recorded for cell in self.cells)

    @property
    def complete(self) -> bool:
        return all(cell.recorded for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Two therapies answer differently. What is not recorded is not a difference."""
        return len({_comparable(cell.fact.answer) for cell in self.cells if cell.fact}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sources: tuple[NumberedSource, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def address(self) -> str:
        """The last part of the address of the whole comparison: `dit-vs-ipt`."""
        return pairs.address(self.names)

    @property
    def anchor(self) -> str:
        """Tells the tables of one page apart."""
        first = [row.question.key for row in self.rows[:1]]
        return "-".join([*self.names, *first, str(len(self.rows))])

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(cell.fact for row in self.rows for cell in row.cells if cell.fact)

    @property
    def first_checked(self) -> date | None:
        return min((fact.checked_on for fact in self.facts), default=None)

    @property
    def last_checked(self) -> date | None:
        return max((fact.checked_on for fact in self.facts), default=None)

    @property
    def checked_by(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact.checked_by for fact in self.facts if fact.checked_by))

    @property
    def has_own_statements(self) -> bool:
        return any(not fact.sources for fact in self.facts)


class SourceNumbers:
    """Numbers sources in the order in which a reader meets them."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def of(self, sources: Sequence[Source]) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources)

    def listed(self) -> tuple[NumberedSource, ...]:
        return tuple(NumberedSource(number, source) for source, number in self._numbers.items())


class Recorded(Protocol):
    """A therapy with its facts, by the key of the question they answer."""

    @property
    def column(self) -> Column: ...

    @property
    def facts(self) -> Mapping[str, Fact]: ...


def compare(therapies: Sequence[Recorded], questions: Sequence[Question] | None = None) -> Comparison:
    """Put therapies side by side.

    Without `questions`, every question that one of them answers is a row, and differences come
    first. With `questions`, an editor chose them: their order stands, and a question that no one
    answers is still said to be not recorded.
    """
    chosen = questions is not None
    if questions is None:
        questions = _questions_of(therapies)
    rows = [_row(question, therapies) for question in questions]
    if not chosen:
        rows.sort(key=lambda row: (not row.differs, row.complete, row.question.order, row.question.key))
    numbers = SourceNumbers()
    return Comparison(
        columns=tuple(therapy.column for therapy in therapies),
        rows=tuple(_numbered(row, numbers) for row in rows),
        sources=numbers.listed(),
    )


def _questions_of(therapies: Sequence[Recorded]) -> list[Question]:
    return list({fact.question.key: fact.question for t in therapies for fact in t.facts.values()}.values())


def _row(question: Question, therapies: Sequence[Recorded]) -> Row:
    return Row(question, tuple(Cell(t.column, t.facts.get(question.key), ()) for t in therapies))


def _numbered(row: Row, numbers: SourceNumbers) -> Row:
    cells = tuple(
        Cell(cell.column, cell.fact, numbers.of(cell.fact.sources) if cell.fact else ()) for cell in row.cells
    )
    return Row(row.question, cells)


def _comparable(answer: str) -> str:
    return " ".join(answer.casefold().split()).rstrip(".")
