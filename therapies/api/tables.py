"""Comparison tables in answers: all those of one answer are read together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypedDict

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys
from core.content_api.representation.answer_types import Html, attribute_docstrings
from core.content_api.representation.block_values import list_values, part, represents
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from core.content_api.representation.rich_text import RichHtml
from core.visibility import published
from therapies.blocks import ComparisonBlock
from therapies.comparing.comparison import compare
from therapies.comparing.pairs import FEWEST
from therapies.models import ComparisonDimension, TherapyPage
from therapies.serializers import ComparisonAnswer, comparison_answer


@dataclass(frozen=True)
class Table(Deferred[ComparisonAnswer]):
    """The comparison of those of the therapies that are public, or None where fewer than two are.

    Both tuples hold primary keys. Without `dimensions`, every one that has a value is a row.
    """

    stage: ClassVar[Stage] = Stage.TABLES
    therapies: tuple[int, ...]
    dimensions: tuple[int, ...] = ()

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, ComparisonAnswer]:
        wanted = {pk for table in deferred for pk in table.therapies}
        therapies = TherapyPage.objects.filter(pk__in=wanted).published().in_bulk()
        if loader.draft is not None and loader.draft.pk in therapies:
            therapies[loader.draft.pk] = loader.draft
        read = TherapyPage.facts_of(list(therapies.values()), loader.request)
        facts = {of_one.therapy.id: of_one for of_one in read}
        asked = {pk for table in deferred for pk in table.dimensions}
        dimensions = published(ComparisonDimension.objects.filter(pk__in=asked)).in_bulk() if asked else {}
        tables = {}
        for table in deferred:
            compared = [facts[pk] for pk in table.therapies if pk in facts]
            rows = [dimensions[pk].as_shown() for pk in table.dimensions if pk in dimensions]
            chosen = rows if table.dimensions else None
            if len(compared) < len(table.therapies):
                answer_keys(loader.request).add(NEWLY_PUBLIC)
            if len(compared) >= FEWEST:
                tables[table] = comparison_answer(compare(compared, chosen), loader.request)
        return tables


@dataclass(frozen=True)
class Heading(Deferred[str | None]):
    """Of a table, and None without it."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    table: Deferred[Any]
    words: str

    def needs(self) -> Iterable[Deferred[Any]]:
        yield self.table

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, str]:
        return {heading: heading.words for heading in deferred if loader[heading.table]}


@dataclass(frozen=True)
class Overall(Deferred[Html]):
    """What is said of a table, and nothing without it."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    table: Deferred[Any]
    source: str

    def needs(self) -> Iterable[Deferred[Any]]:
        yield self.table

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, Any]:
        return {words: RichHtml(words.source) if loader[words.table] else "" for words in deferred}


@attribute_docstrings
class ComparisonValue(TypedDict):
    """A table made from the facts of two to four therapies. Without it there is nothing to show."""

    heading: Heading | None
    table: Table | None
    """None where fewer than two of the therapies are public."""
    overall: Overall
    """The difference in a few sentences."""


@represents(ComparisonBlock)
def _(block: ComparisonBlock, stored: Any) -> ComparisonValue:
    table = Table(
        tuple(pk for pk in list_values(part(block, stored, "therapies")) if pk),
        tuple(pk for pk in list_values(part(block, stored, "dimensions")) if pk),
    )
    heading = part(block, stored, "heading")
    return {
        "heading": Heading(table, heading) if heading else None,
        "table": table,
        "overall": Overall(table, part(block, stored, "overall") or ""),
    }
