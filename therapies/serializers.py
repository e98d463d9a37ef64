"""How facts, evidence and comparisons look in the API. Knows no model: models name these in `api_fields`."""

from datetime import date
from typing import Any, TypedDict

from rest_framework.request import Request

from core.caching.surrogate_keys import FACTS, NEWLY_PUBLIC, shown_by, type_key
from core.content_api.fields import PublicField
from core.content_api.references import PageLink, on_site
from core.content_api.shapes import Choice, Url, choice, explained
from therapies.comparing.comparison import Cell, Column, Comparison, Fact, Question, Source
from therapies.comparing.recorded import comparison_of, recorded, source_of
from therapies.enums import EvidenceLevel


@explained
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


def source_answer(source: Source) -> SourceAnswer:
    return {
        "key": source.key,
        "citation": source.citation,
        "kind": str(source.kind),
        "url": source.url or None,
        "year": source.year,
        "accessed": source.accessed,
        "superseded_by": source.superseded_by or None,
    }


@explained
class FactAnswer(TypedDict):
    """What is recorded of one therapy. Without a source, it is the practice's own statement."""

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


def fact_answer(fact: Fact) -> FactAnswer:
    return {
        "answer": str(fact.answer),
        "detail": fact.detail or None,
        "minimum": fact.minimum,
        "maximum": fact.maximum,
        "unit": fact.unit or None,
        "checked_on": fact.checked_on,
        "checked_by": fact.checked_by or None,
    }


@explained
class DimensionReference(TypedDict):
    """One point of comparison."""

    key: str
    label: str
    """Heads the row of a table."""
    question: str
    """What a reader asks."""


def dimension_reference(question: Question) -> DimensionReference:
    return {"key": question.key, "label": question.label, "question": question.question}


@explained
class RecordedFactAnswer(FactAnswer):
    """A fact with the question that it answers, and its sources."""

    dimension: DimensionReference
    in_fact_box: bool
    """Whether it is among the short answers at the top of a therapy's page."""
    sources: list[SourceAnswer]


class FactsField(PublicField):
    """What is recorded about a therapy, in the order of the questions."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, therapy: Any) -> list[RecordedFactAnswer]:
        shown_by(self.context["request"]).add(FACTS)
        [known] = recorded([therapy])
        facts = sorted(known.facts.values(), key=lambda fact: (fact.question.order, fact.question.key))
        return [
            {
                "dimension": dimension_reference(fact.question),
                "in_fact_box": fact.question.in_fact_box,
                **fact_answer(fact),
                "sources": [source_answer(source) for source in fact.sources],
            }
            for fact in facts
        ]


@explained
class EvidenceAnswer(TypedDict):
    """What is known of one therapy for one concern."""

    level: Choice[EvidenceLevel]
    population: str | None
    """For whom."""
    note: str | None
    """What was found."""
    source: SourceAnswer | None
    checked_on: date


class ConcernEvidenceAnswer(EvidenceAnswer):
    """What is known of a therapy for this concern."""

    concern: PageLink


class TherapyEvidenceAnswer(EvidenceAnswer):
    """What is known for a concern of this therapy."""

    therapy: PageLink


def evidence_answer(row: Any) -> EvidenceAnswer:
    source = row.reference
    return {
        "level": choice(row, "level"),
        "population": row.population or None,
        "note": row.note or None,
        "source": source_answer(source_of(source)) if source and source.live else None,
        "checked_on": row.checked_on,
    }


class EvidenceField(PublicField):
    """What is known of a therapy, concern by concern. Rows about hidden ones were never read."""

    def to_representation(self, value: Any) -> list[ConcernEvidenceAnswer]:
        shown_by(self.context["request"]).add(FACTS, NEWLY_PUBLIC)
        return [{"concern": PageLink(row.concern_id), **evidence_answer(row)} for row in value.all()]


class TherapiesThatHelpField(PublicField):
    """What is known for a concern, therapy by therapy."""

    def to_representation(self, value: Any) -> list[TherapyEvidenceAnswer]:
        """The rows belong to the therapies: any of them may add one."""
        shown_by(self.context["request"]).add(FACTS, type_key("therapies.TherapyPage"))
        return [{"therapy": PageLink(row.therapy_id), **evidence_answer(row)} for row in value.all()]


class PageLinksField(PublicField):
    """Several pages; those that are not public are null."""

    def to_representation(self, value: Any) -> list[PageLink]:
        return [PageLink(page.pk) for page in value.all()]


@explained
class ComparedTherapyAnswer(TypedDict):
    """A therapy at the head of a column."""

    id: int
    type: str
    title: str
    short_name: str
    """Its abbreviation, where it has one."""
    url: Url


def compared_therapy(column: Column, request: Request) -> ComparedTherapyAnswer:
    shown_by(request).add_page(column.id)
    return {
        "id": column.id,
        "type": "therapies.TherapyPage",
        "title": column.title,
        "short_name": column.short_name,
        "url": on_site(column.url, request),
    }


@explained
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
    cells: list[ComparisonCellAnswer]


class NumberedSourceAnswer(SourceAnswer):
    """A source, by the number that the cells name it with."""

    number: int


@explained
class ComparisonAnswer(TypedDict):
    """The table as a reader sees it: rows in order, one cell for each therapy, sources numbered."""

    therapies: list[ComparedTherapyAnswer]
    rows: list[ComparisonRowAnswer]
    sources: list[NumberedSourceAnswer]
    first_checked: date | None
    """The day the oldest of these facts was checked."""
    last_checked: date | None


def comparison_answer(comparison: Comparison, request: Request) -> ComparisonAnswer:
    shown_by(request).add(FACTS)
    return {
        "therapies": [compared_therapy(column, request) for column in comparison.columns],
        "rows": [
            {
                "dimension": dimension_reference(row.question),
                "differs": row.differs,
                "cells": [_cell_answer(cell) for cell in row.cells],
            }
            for row in comparison.rows
        ],
        "sources": [
            {"number": numbered.number, **source_answer(numbered.source)} for numbered in comparison.sources
        ],
        "first_checked": comparison.first_checked,
        "last_checked": comparison.last_checked,
    }


def _cell_answer(cell: Cell) -> ComparisonCellAnswer:
    return {
        "therapy": cell.column.id,
        "fact": fact_answer(cell.fact) if cell.fact else None,
        "source_numbers": list(cell.source_numbers),
    }


class TableField(PublicField):
    """The table of a pair. The page itself is hidden unless both therapies are public."""

    def to_representation(self, value: Any) -> ComparisonAnswer:
        request = self.context["request"]
        return comparison_answer(comparison_of(value, request=request), request)
