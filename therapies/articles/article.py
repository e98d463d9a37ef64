"""What facts and evidence add to the page of a therapy or a concern, with its references numbered.

It is given plain values, and evidence about pages that anyone may read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest
from wagtail.models import Page

from therapies.comparing.comparison import ComparisonCell
from therapies.enums import EvidenceLevel
from therapies.facts import NumberedReference, ReferenceNumbers, ShownEvidence, TherapyFacts

STRONGEST_FIRST = {level: rank for rank, level in enumerate(EvidenceLevel)}

#: So many therapies for a concern are enough to begin with.
A_FEW = 3

#: The page that evidence is about, seen from the other: a concern or a therapy.
type Evidence = tuple[Page, ShownEvidence]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What is known of one therapy for one concern.

    `title`, `url` and `in_short` (a line about it, or empty) are those of the page it leads to.
    """

    title: str
    url: str
    in_short: str
    evidence: ShownEvidence
    reference_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """All that is known equally well."""

    level: EvidenceLevel
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class TherapyArticle:
    """`other_facts` leaves out what only comparisons show, because the article says it in its own words."""

    fact_box: tuple[ComparisonCell, ...]
    other_facts: tuple[ComparisonCell, ...]
    evidence_lines: tuple[EvidenceLine, ...]
    references: tuple[NumberedReference, ...]

    @property
    def levels(self) -> tuple[EvidenceGroup, ...]:
        return _by_level(self.evidence_lines)

    @property
    def evidence_checked_on(self) -> date | None:
        return _checked_on(self.evidence_lines)

    @property
    def last_checked(self) -> date | None:
        """Return the day on which the latest of the facts in the box was checked."""
        return max((cell.value.checked_on for cell in self.fact_box if cell.value), default=None)


@dataclass(frozen=True, slots=True)
class WhatHelps:
    therapies: tuple[EvidenceLine, ...]
    references: tuple[NumberedReference, ...]

    @property
    def levels(self) -> tuple[EvidenceGroup, ...]:
        return _by_level(self.therapies)

    @property
    def in_favour(self) -> tuple[EvidenceGroup, ...]:
        """Return the levels of what may help."""
        return tuple(group for group in self.levels if group.level.is_in_favour)

    @property
    def not_in_favour(self) -> tuple[EvidenceGroup, ...]:
        """Return the levels of what was tested and not found better."""
        return tuple(group for group in self.levels if not group.level.is_in_favour)

    @property
    def best_known(self) -> tuple[EvidenceGroup, ...]:
        """Return as many levels, the best first, as it takes to name a few therapies."""
        named = 0
        best = []
        for group in self.in_favour:
            if named >= A_FEW:
                break
            best.append(group)
            named += len(group.lines)
        return tuple(best)

    @property
    def less_known(self) -> tuple[EvidenceGroup, ...]:
        """Return the other levels of what may help."""
        return self.in_favour[len(self.best_known) :]

    @property
    def evidence_checked_on(self) -> date | None:
        return _checked_on(self.therapies)


def therapy_article(
    facts: TherapyFacts, evidence: Iterable[Evidence], request: HttpRequest | None = None
) -> TherapyArticle:
    """Return what a therapy's page shows of its facts and of its evidence for concerns."""
    numbers = ReferenceNumbers()
    in_order = [
        (value.dimension, ComparisonCell(facts.therapy, value, numbers.of(value.references)))
        for value in facts.in_order
        if not value.dimension.only_compared
    ]
    return TherapyArticle(
        fact_box=tuple(cell for dimension, cell in in_order if dimension.in_fact_box),
        other_facts=tuple(cell for dimension, cell in in_order if not dimension.in_fact_box),
        evidence_lines=_lines(evidence, numbers, request),
        references=numbers.listed(),
    )


def what_helps(evidence: Iterable[Evidence], request: HttpRequest | None = None) -> WhatHelps:
    """Return the therapies that have evidence for a concern."""
    numbers = ReferenceNumbers()
    lines = _lines(evidence, numbers, request)
    return WhatHelps(lines, numbers.listed())


def _checked_on(lines: Iterable[EvidenceLine]) -> date | None:
    """Return the day on which all of them were checked, or None where they differ."""
    days = {line.evidence.checked_on for line in lines}
    return days.pop() if len(days) == 1 else None


def _by_level(lines: tuple[EvidenceLine, ...]) -> tuple[EvidenceGroup, ...]:
    by_level = groupby(lines, key=lambda line: line.evidence.level)
    return tuple(EvidenceGroup(level, tuple(members)) for level, members in by_level)


def _lines(
    evidence: Iterable[Evidence], numbers: ReferenceNumbers, request: HttpRequest | None
) -> tuple[EvidenceLine, ...]:
    """The strongest first, otherwise as the editor ordered them."""
    lines = sorted(evidence, key=lambda line: STRONGEST_FIRST[line[1].level])
    return tuple(
        EvidenceLine(
            title=page.title,
            in_short=getattr(page, "in_short", ""),
            url=page.get_url(request) or "",
            evidence=shown,
            reference_numbers=numbers.of([shown.reference] if shown.reference else []),
        )
        for page, shown in lines
    )
