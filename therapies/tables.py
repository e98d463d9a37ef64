"""Comparison tables inside an answer: all of them are read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from home.api.blocks import list_values, part, represent
from home.api.pending import Answers, Pending
from home.api.rich_text import RichHtml
from home.visibility import published
from therapies.blocks import ComparisonBlock
from therapies.models import ComparisonDimension, TherapyPage
from therapies.pairs import FEWEST
from therapies.reading import with_facts
from therapies.recorded import comparison_of, recorded
from therapies.serializers import comparison_answer


@dataclass(frozen=True)
class Table(Pending):
    """The comparison of those that are public; None where fewer than two are left."""

    stage: ClassVar[int] = 0
    therapies: tuple[int, ...]
    dimensions: tuple[int, ...] = ()

    @classmethod
    def load(cls, pending: Sequence[Self], answers: Answers) -> Mapping[Self, Any]:
        wanted = {pk for table in pending for pk in table.therapies}
        therapies = with_facts(TherapyPage.objects.filter(pk__in=wanted).published()).in_bulk()
        recorded(list(therapies.values()))
        asked = {pk for table in pending for pk in table.dimensions}
        dimensions = published(ComparisonDimension.objects.filter(pk__in=asked)).in_bulk() if asked else {}
        tables = {}
        for table in pending:
            compared = [therapies[pk] for pk in table.therapies if pk in therapies]
            rows = [dimensions[pk] for pk in table.dimensions if pk in dimensions] or None
            if len(compared) >= FEWEST:
                comparison = comparison_of(compared, rows, answers.request)
                tables[table] = comparison_answer(comparison, answers.request)
        return tables


@represent.register
def _(block: ComparisonBlock, stored: Any) -> dict[str, Any]:
    return {
        "heading": part(block, stored, "heading") or None,
        "table": Table(
            tuple(pk for pk in list_values(part(block, stored, "therapies")) if pk),
            tuple(pk for pk in list_values(part(block, stored, "dimensions")) if pk),
        ),
        "overall": RichHtml(part(block, stored, "overall") or ""),
    }
