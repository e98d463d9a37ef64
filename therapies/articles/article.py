"""What facts and evidence add to the page of a therapy or a concern, with its references numbered.

It is given plain values, and evidence about pages that anyone may read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from therapies.comparing.comparison import ComparisonCell
from therapies.enums import EvidenceLevel
from therapies.facts import NumberedReference, ReferenceNumbers, ShownEvidence, TherapyFacts

STRONGEST_FIRST = {level: rank for rank, level in enumerate(EvidenceLevel)}

#: The page that evidence is about, seen from the other: a concern or a therapy.
type Evidence = tuple[Page, ShownEvidence]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What is known of one therapy for one concern. `title` and `url` are those of the page it leads to."""

    title: str
    url: str
    evidence: ShownEvidence
    reference_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TherapyArticle:
    fact_box: tuple[ComparisonCell, ...]
    other_facts: tuple[ComparisonCell, ...]
    helps_with: tuple[EvidenceLine, ...]
    references: tuple[NumberedReference, ...]


@dataclass(frozen=True, slots=True)
class WhatHelps:
    therapies: tuple[EvidenceLine, ...]
    references: tuple[NumberedReference, ...]


def therapy_article(
    facts: TherapyFacts, evidence: Iterable[Evidence], request: HttpRequest | None = None
) -> TherapyArticle:
    """Return what a therapy's page shows of its facts and of its evidence for concerns."""
    numbers = ReferenceNumbers()
    in_order = [
        (value.dimension, ComparisonCell(facts.therapy, value, numbers.of(value.references)))
        for value in facts.in_order
    ]
    return TherapyArticle(
        fact_box=tuple(cell for dimension, cell in in_order if dimension.in_fact_box),
        other_facts=tuple(cell for dimension, cell in in_order if not dimension.in_fact_box),
        helps_with=_lines(evidence, numbers, request),
        references=numbers.listed(),
    )


def what_helps(evidence: Iterable[Evidence], request: HttpRequest | None = None) -> WhatHelps:
    """Return the therapies that have evidence for a concern."""
    numbers = ReferenceNumbers()
    lines = _lines(evidence, numbers, request)
    return WhatHelps(lines, numbers.listed())


def _lines(
    evidence: Iterable[Evidence], numbers: ReferenceNumbers, request: HttpRequest | None
) -> tuple[EvidenceLine, ...]:
    """The strongest first, otherwise as the editor ordered them."""
    lines = sorted(evidence, key=lambda line: STRONGEST_FIRST[line[1].level])
    return tuple(
        EvidenceLine(
            title=page.title,
            url=page.get_url(request) or "",
            evidence=shown,
            reference_numbers=numbers.of([shown.reference] if shown.reference else []),
        )
        for page, shown in lines
    )
