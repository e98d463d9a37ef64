"""Reads what is recorded about therapies, in a constant number of queries.

Facts are read through the page, so that the draft of a page answers with its draft facts. What an
editor has unpublished (a point of comparison, a source) is left out here, for every reader at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from therapies.comparing.comparison import Column, Comparison, Fact, Question, Source, compare

if TYPE_CHECKING:
    from therapies.models import ComparisonDimension, DimensionValue, Reference, TherapyPage


@dataclass(frozen=True, slots=True)
class RecordedTherapy:
    column: Column
    facts: Mapping[str, Fact]


def comparison_of(
    therapies: Sequence["TherapyPage"],
    dimensions: Iterable["ComparisonDimension"] | None = None,
    request: HttpRequest | None = None,
) -> Comparison:
    """The comparison of these pages, in their order; the caller has made sure that each may be read."""
    questions = None if dimensions is None else [question_of(d) for d in dimensions if d.live]
    return compare(recorded(therapies, request), questions)


def recorded(therapies: Sequence["TherapyPage"], request: HttpRequest | None = None) -> list[RecordedTherapy]:
    if therapies:
        prefetch_related_objects(
            therapies,
            "values__dimension",
            "values__checked_by",
            "values__references__superseded_by",
        )
    return [
        RecordedTherapy(
            column=column_of(therapy, request),
            facts={
                value.dimension.key: fact_of(value) for value in therapy.values.all() if value.dimension.live
            },
        )
        for therapy in therapies
    ]


def column_of(therapy: "TherapyPage", request: HttpRequest | None = None) -> Column:
    return Column(
        id=therapy.pk,
        name=therapy.compare_name,
        title=therapy.title,
        short_name=therapy.short_name,
        url=therapy.get_url(request) or "",
    )


def fact_of(value: "DimensionValue") -> Fact:
    return Fact(
        question=question_of(value.dimension),
        answer=value.answer,
        detail=value.detail,
        minimum=value.minimum,
        maximum=value.maximum,
        unit=value.unit,
        sources=tuple(source_of(reference) for reference in value.references.all() if reference.live),
        checked_on=value.checked_on,
        checked_by=str(value.checked_by or ""),
    )


def question_of(dimension: "ComparisonDimension") -> Question:
    return Question(
        key=dimension.key,
        label=dimension.label,
        question=dimension.question,
        in_fact_box=dimension.in_fact_box,
        order=dimension.sort_order,
    )


def source_of(reference: "Reference") -> Source:
    newer = reference.superseded_by
    return Source(
        key=reference.key,
        citation=reference.citation,
        kind=reference.get_kind_display(),
        url=reference.url,
        year=reference.year,
        accessed=reference.accessed,
        superseded_by=newer.citation if newer and newer.live else "",
    )
