"""How facts, evidence and comparisons look in the API. Knows no model: models name these in `api_fields`."""

from typing import Any

from rest_framework.fields import Field
from rest_framework.request import Request

from home.api.links import PageLink, absolute
from therapies.comparison import Cell, Comparison, Fact, Question, Source
from therapies.recorded import comparison_of, recorded, source_of


def source_answer(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "citation": source.citation,
        "kind": str(source.kind),
        "url": source.url or None,
        "year": source.year,
        "accessed": source.accessed,
        "superseded_by": source.superseded_by or None,
    }


def fact_answer(fact: Fact) -> dict[str, Any]:
    """Without a source, a fact is the practice's own statement."""
    return {
        "answer": str(fact.answer),
        "detail": fact.detail or None,
        "minimum": fact.minimum,
        "maximum": fact.maximum,
        "unit": fact.unit or None,
        "checked_on": fact.checked_on,
        "checked_by": fact.checked_by or None,
    }


def question_answer(question: Question) -> dict[str, Any]:
    return {"key": question.key, "label": question.label, "question": question.question}


class FactsField(Field):
    """What is recorded about a therapy, in the order of the questions."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, therapy: Any) -> list[dict[str, Any]]:
        [known] = recorded([therapy])
        facts = sorted(known.facts.values(), key=lambda fact: (fact.question.order, fact.question.key))
        return [
            {
                "dimension": question_answer(fact.question),
                "in_fact_box": fact.question.in_fact_box,
                **fact_answer(fact),
                "sources": [source_answer(source) for source in fact.sources],
            }
            for fact in facts
        ]


class EvidenceField(Field):
    """What is known of a therapy, concern by concern."""

    other = "concern"

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        return [
            {
                self.other: PageLink(getattr(row, f"{self.other}_id")),
                "level": {"key": row.level, "label": row.get_level_display()},
                "population": row.population or None,
                "note": row.note or None,
                "source": _source_of_row(row),
                "checked_on": row.checked_on,
            }
            for row in value.all()
        ]


class TherapiesThatHelpField(EvidenceField):
    """The same from the other side: what is known for a concern, therapy by therapy."""

    other = "therapy"


def _source_of_row(row: Any) -> dict[str, Any] | None:
    return source_answer(source_of(row.reference)) if row.reference and row.reference.live else None


class PageLinksField(Field):
    """Several pages; those that are not public are null."""

    def to_representation(self, value: Any) -> list[Any]:
        return [PageLink(page.pk) for page in value.all()]


def comparison_answer(comparison: Comparison, request: Request) -> dict[str, Any]:
    """The table as a reader sees it: rows in order, one cell for each therapy, sources numbered."""
    return {
        "therapies": [
            {
                "id": column.id,
                "type": "therapies.TherapyPage",
                "title": column.title,
                "short_name": column.short_name,
                "url": absolute(column.url, request),
            }
            for column in comparison.columns
        ],
        "rows": [
            {
                "dimension": question_answer(row.question),
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


def _cell_answer(cell: Cell) -> dict[str, Any]:
    """`fact` is null where nothing is recorded: say so, and do not leave the cell blank."""
    return {
        "therapy": cell.column.id,
        "fact": fact_answer(cell.fact) if cell.fact else None,
        "source_numbers": list(cell.source_numbers),
    }


class TableField(Field):
    """The table of a pair. The page itself is hidden unless both therapies are public."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        request = self.context["request"]
        return comparison_answer(comparison_of(value, request=request), request)
