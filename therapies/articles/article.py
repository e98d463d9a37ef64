"""What the facts say on a therapy's own page and on a concern's: one numbering of sources a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Page

from core.visibility import public
from therapies.comparing.comparison import Cell, NumberedSource, SourceNumbers
from therapies.comparing.recorded import recorded, source_of
from therapies.enums import EvidenceLevel

if TYPE_CHECKING:
    from therapies.models import TherapyEvidence, TherapyPage

STRONGEST_FIRST = {level: rank for rank, level in enumerate(EvidenceLevel.values)}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What is known of one therapy for one concern, seen from the page of either."""

    title: str
    url: str
    summary: str
    level: str
    level_label: str
    population: str
    note: str
    source_numbers: tuple[int, ...]
    checked_on: date


@dataclass(frozen=True, slots=True)
class TherapyArticle:
    fact_box: tuple[Cell, ...]
    other_facts: tuple[Cell, ...]
    helps_with: tuple[EvidenceLine, ...]
    sources: tuple[NumberedSource, ...]


@dataclass(frozen=True, slots=True)
class WhatHelps:
    therapies: tuple[EvidenceLine, ...]
    sources: tuple[NumberedSource, ...]


def article_of(therapy: "TherapyPage", request: HttpRequest | None = None) -> TherapyArticle:
    numbers = SourceNumbers()
    [facts] = recorded([therapy], request)
    in_order = sorted(facts.facts.values(), key=lambda fact: (fact.question.order, fact.question.key))
    cells = [Cell(facts.column, fact, numbers.of(fact.sources)) for fact in in_order]
    prefetch_related_objects([therapy], "evidence__concern", "evidence__reference__superseded_by")
    rows = [(row.concern, row) for row in therapy.evidence.all()]
    return TherapyArticle(
        fact_box=tuple(cell for cell in cells if cell.fact and cell.fact.question.in_fact_box),
        other_facts=tuple(cell for cell in cells if cell.fact and not cell.fact.question.in_fact_box),
        helps_with=_lines(rows, numbers, request),
        sources=numbers.listed(),
    )


def what_helps(evidence: Iterable["TherapyEvidence"], request: HttpRequest | None = None) -> WhatHelps:
    """The therapies that have evidence for a concern, from its evidence rows."""
    numbers = SourceNumbers()
    lines = _lines([(row.therapy, row) for row in evidence], numbers, request)
    return WhatHelps(lines, numbers.listed())


def _lines(
    rows: list[tuple[Page, "TherapyEvidence"]], numbers: SourceNumbers, request: HttpRequest | None
) -> tuple[EvidenceLine, ...]:
    """Only of pages that anyone may read; the strongest first, otherwise as the editor ordered them."""
    about = [page.pk for page, _ in rows]
    readable = set(public(Page.objects.filter(pk__in=about)).values_list("pk", flat=True))
    shown = sorted(
        ((page, row) for page, row in rows if page.pk in readable),
        key=lambda pair: STRONGEST_FIRST[pair[1].level],
    )
    return tuple(
        EvidenceLine(
            title=page.title,
            url=page.get_url(request) or "",
            summary=page.summary,
            level=row.level,
            level_label=row.get_level_display(),
            population=row.population,
            note=row.note,
            source_numbers=numbers.of(
                [source_of(row.reference)] if row.reference and row.reference.live else []
            ),
            checked_on=row.checked_on,
        )
        for page, row in shown
    )
