"""How facts, evidence and comparisons look in the API. Models name these fields in `api_fields`.

The published names are older than the models': a `fact` is a value, a `source` is a reference.
"""

from datetime import date
from typing import Any, TypedDict

from rest_framework.request import Request

from core.caching.surrogate_keys import FACTS, NEWLY_PUBLIC, answer_keys, type_key
from core.choice_labels import label_of
from core.content_api.representation.absolute_urls import on_site
from core.content_api.representation.answer_types import ChoiceAnswer, Url, attribute_docstrings
from core.content_api.representation.fields import PublicField
from core.content_api.representation.links import PageLink
from therapies.comparing.comparison import Comparison, ComparisonCell
from therapies.enums import EvidenceLevel
from therapies.facts import (
    ShownDimension,
    ShownEvidence,
    ShownReference,
    ShownTherapy,
    ShownValue,
    TherapyFacts,
)


@attribute_docstrings
class SourceAnswer(TypedDict):
    """Something that a fact rests on."""

    key: str
    citation: str
    kind: str
    """What kind of source, in words."""
    url: Url | None
    year: int | None
    accessed: date | None
    """The day someone last looked at it."""
    superseded_by: str | None
    """The citation of what replaced it."""


def source_answer(reference: ShownReference) -> SourceAnswer:
    return {
        "key": reference.key,
        "citation": reference.citation,
        "kind": str(reference.kind),
        "url": reference.url or None,
        "year": reference.year,
        "accessed": reference.accessed,
        "superseded_by": reference.superseded_by or None,
    }


@attribute_docstrings
class FactAnswer(TypedDict):
    """What is recorded of one therapy.

    Without a source, it is the practice's own statement, unless `source_withdrawn`.
    """

    answer: str
    """The short answer, in words."""
    detail: str | None
    minimum: int | None
    """Where the answer is a range of numbers; `unit` says what is counted."""
    maximum: int | None
    unit: str | None
    """Sessions and weeks are not the same: a weekly therapy may pause."""
    checked_on: date
    checked_by: str | None
    source_withdrawn: bool
    """Whether every source that it named was taken down. Say so: it is under review."""


def fact_answer(value: ShownValue) -> FactAnswer:
    return {
        "answer": str(value.answer),
        "detail": value.detail or None,
        "minimum": value.minimum,
        "maximum": value.maximum,
        "unit": value.unit or None,
        "checked_on": value.checked_on,
        "checked_by": value.checked_by or None,
        "source_withdrawn": value.is_source_withdrawn,
    }


@attribute_docstrings
class DimensionReference(TypedDict):
    """One point of comparison."""

    key: str
    label: str
    """Heads the row of a table."""
    question: str
    """What a reader asks."""


def dimension_reference(dimension: ShownDimension) -> DimensionReference:
    return {"key": dimension.key, "label": dimension.label, "question": dimension.question}


@attribute_docstrings
class RecordedFactAnswer(FactAnswer):
    """A fact with the question that it answers, and its sources."""

    dimension: DimensionReference
    in_fact_box: bool
    """Whether it is among the short answers at the top of a therapy's page."""
    only_compared: bool
    """Whether the page says it in words of its own, so that only comparisons show it."""
    sources: list[SourceAnswer]


class FactsField(PublicField):
    """What is recorded about a therapy, in the order of the questions."""

    edited_in = "values"

    def to_representation(self, facts: TherapyFacts) -> list[RecordedFactAnswer]:
        answer_keys(self.context["request"]).add(FACTS)
        return [
            {
                "dimension": dimension_reference(value.dimension),
                "in_fact_box": value.dimension.in_fact_box,
                "only_compared": value.dimension.only_compared,
                **fact_answer(value),
                "sources": [source_answer(reference) for reference in value.references],
            }
            for value in facts.in_order
        ]


@attribute_docstrings
class EvidenceAnswer(TypedDict):
    """What is known of one therapy for one concern."""

    level: ChoiceAnswer[EvidenceLevel]
    population: str | None
    """For whom."""
    note: str | None
    """What was found."""
    source: SourceAnswer | None
    checked_on: date
    source_withdrawn: bool
    """Whether its source was taken down. Say so: it is under review."""


class ConcernEvidenceAnswer(EvidenceAnswer):
    """What is known of a therapy for this concern."""

    concern: PageLink


class TherapyEvidenceAnswer(EvidenceAnswer):
    """What is known for a concern of this therapy."""

    therapy: PageLink


def evidence_answer(evidence: ShownEvidence) -> EvidenceAnswer:
    return {
        "level": {"key": evidence.level, "label": label_of(evidence.level)},
        "population": evidence.population or None,
        "note": evidence.note or None,
        "source": source_answer(evidence.reference) if evidence.reference else None,
        "checked_on": evidence.checked_on,
        "source_withdrawn": evidence.is_source_withdrawn,
    }


class EvidenceField(PublicField):
    """What is known of a therapy, concern by concern. Rows about hidden ones were never read."""

    def to_representation(self, value: Any) -> list[ConcernEvidenceAnswer]:
        answer_keys(self.context["request"]).add(FACTS, NEWLY_PUBLIC)
        return [
            {"concern": PageLink(row.concern_id), **evidence_answer(row.as_shown())} for row in value.all()
        ]


class TherapiesThatHelpField(PublicField):
    """What is known for a concern, therapy by therapy."""

    def to_representation(self, value: Any) -> list[TherapyEvidenceAnswer]:
        """The rows belong to the therapies: any of them may add one."""
        answer_keys(self.context["request"]).add(FACTS, type_key("therapies.TherapyPage"))
        return [
            {"therapy": PageLink(row.therapy_id), **evidence_answer(row.as_shown())} for row in value.all()
        ]


class PageLinksField(PublicField):
    """Several pages; those that are not public are null."""

    def to_representation(self, value: Any) -> list[PageLink]:
        return [PageLink(page.pk) for page in value.all()]


@attribute_docstrings
class ComparedTherapyAnswer(TypedDict):
    """A therapy at the head of a column."""

    id: int
    type: str
    title: str
    short_name: str
    """Its abbreviation, where it has one."""
    url: Url


def compared_therapy(therapy: ShownTherapy, request: Request) -> ComparedTherapyAnswer:
    answer_keys(request).add_page(therapy.id)
    return {
        "id": therapy.id,
        "type": "therapies.TherapyPage",
        "title": therapy.title,
        "short_name": therapy.short_name,
        "url": on_site(therapy.url, request),
    }


@attribute_docstrings
class ComparisonCellAnswer(TypedDict):
    """What one therapy answers."""

    therapy: int
    """The `id` of the therapy at the head of the column."""
    fact: FactAnswer | None
    """None where nothing is recorded: say so, and do not leave the cell blank."""
    source_numbers: list[int]


class ComparisonRowAnswer(TypedDict):
    """One question, and a cell for each therapy."""

    dimension: DimensionReference
    differs: bool
    leads: bool
    """Whether it is among the first differences, which a page shows in large words."""
    cells: list[ComparisonCellAnswer]


class NumberedSourceAnswer(SourceAnswer):
    """A source, by the number that the cells name it with."""

    number: int


@attribute_docstrings
class ComparisonAnswer(TypedDict):
    """The table as a reader sees it: rows in order, one cell for each therapy, sources numbered."""

    therapies: list[ComparedTherapyAnswer]
    rows: list[ComparisonRowAnswer]
    sources: list[NumberedSourceAnswer]
    first_checked: date | None
    """The day the oldest of these facts was checked."""
    last_checked: date | None


def comparison_answer(comparison: Comparison, request: Request) -> ComparisonAnswer:
    answer_keys(request).add(FACTS)
    leading = comparison.leading
    return {
        "therapies": [compared_therapy(therapy, request) for therapy in comparison.therapies],
        "rows": [
            {
                "dimension": dimension_reference(row.dimension),
                "differs": row.differs,
                "leads": row in leading,
                "cells": [_cell_answer(cell) for cell in row.cells],
            }
            for row in comparison.rows
        ],
        "sources": [
            {"number": numbered.number, **source_answer(numbered.reference)}
            for numbered in comparison.references
        ],
        "first_checked": comparison.first_checked,
        "last_checked": comparison.last_checked,
    }


def _cell_answer(cell: ComparisonCell) -> ComparisonCellAnswer:
    return {
        "therapy": cell.therapy.id,
        "fact": fact_answer(cell.value) if cell.value else None,
        "source_numbers": list(cell.reference_numbers),
    }


class TableField(PublicField):
    """The table of a pair. The page itself is hidden unless both therapies are public."""

    def to_representation(self, page: Any) -> ComparisonAnswer:
        request = self.context["request"]
        return comparison_answer(page.comparison(request), request)
