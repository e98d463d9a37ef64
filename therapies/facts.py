"""Facts as plain values: what tables, articles, search engines and the API show of them.

Pure. The models make these values in their `as_shown` methods and leave out what an editor has unpublished.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from therapies.enums import EvidenceLevel


@dataclass(frozen=True, slots=True)
class ShownReference:
    """A source. `superseded_by` is the citation of what replaced it, or empty."""

    key: str
    citation: str
    kind: str
    url: str
    year: int | None
    accessed: date | None
    superseded_by: str


@dataclass(frozen=True, slots=True)
class ShownDimension:
    """A point of comparison: a question that can be asked of every therapy."""

    key: str
    label: str
    question: str
    in_fact_box: bool
    sort_order: int
    only_compared: bool = False
    leads_comparisons: bool = False

    @property
    def place(self) -> tuple[int, str]:
        """Sorts points of comparison as editors ordered them."""
        return self.sort_order, self.key


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One therapy's answer to one question.

    Without a reference it is the practice's own statement, unless `is_source_withdrawn`: then it named
    sources, and all of them are taken down.
    """

    dimension: ShownDimension
    answer: str
    detail: str
    minimum: int | None
    maximum: int | None
    unit: str
    references: tuple[ShownReference, ...]
    checked_on: date
    checked_by: str
    is_source_withdrawn: bool = False

    @property
    def is_own_statement(self) -> bool:
        return not self.references and not self.is_source_withdrawn


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What is known of one therapy for one concern."""

    level: EvidenceLevel
    population: str
    note: str
    reference: ShownReference | None
    checked_on: date
    is_source_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ShownTherapy:
    """A therapy by its names. `compare_name` stands for it in the address of a comparison."""

    id: int
    compare_name: str
    title: str
    short_name: str
    url: str


@dataclass(frozen=True, slots=True)
class TherapyFacts:
    """A therapy with its values, by the key of their dimension."""

    therapy: ShownTherapy
    values: Mapping[str, ShownValue]

    @property
    def in_order(self) -> list[ShownValue]:
        return sorted(self.values.values(), key=lambda value: value.dimension.place)


@dataclass(frozen=True, slots=True)
class NumberedReference:
    number: int
    reference: ShownReference


class ReferenceNumbers:
    """Numbers references in the order in which a reader meets them."""

    def __init__(self) -> None:
        self._numbers: dict[ShownReference, int] = {}

    def of(self, references: Sequence[ShownReference]) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(reference, len(self._numbers) + 1) for reference in references)

    def listed(self) -> tuple[NumberedReference, ...]:
        return tuple(NumberedReference(number, reference) for reference, number in self._numbers.items())
