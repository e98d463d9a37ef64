"""Therapies with their facts and evidence, and comparison pages."""

from demo.builder.content_files import Record, named, records
from demo.builder.publishing import create_draft, publish
from demo.builder.snippets import review_fields, reviewer
from demo.builder.stream_content import ContentWriter
from therapies.models import (
    ComparisonDimension,
    ComparisonPage,
    ConcernPage,
    DimensionValue,
    Reference,
    TherapyEvidence,
    TherapyIndexPage,
    TherapyPage,
)


def create_therapy_drafts(index: TherapyIndexPage) -> None:
    for slug, therapy in records("therapies").items():
        create_draft(TherapyPage, index, slug, {"title": therapy["title"], "family": therapy["family"]})


def publish_therapies(writer: ContentWriter) -> None:
    for slug, therapy in records("therapies").items():
        publish(
            named(TherapyPage, slug=slug),
            _fields(slug, therapy, writer),
            {
                "values": (["dimension"], [_value(entry) for entry in therapy["values"]]),
                "evidence": (["concern"], [_evidence(entry) for entry in therapy["evidence"]]),
            },
        )


def build_comparisons(index: TherapyIndexPage, writer: ContentWriter) -> None:
    for slug, comparison in records("comparisons").items():
        pair = {
            "title": comparison["title"],
            "first": named(TherapyPage, slug=comparison["first"]),
            "second": named(TherapyPage, slug=comparison["second"]),
        }
        publish(
            create_draft(ComparisonPage, index, slug, pair),
            {
                **pair,
                "summary": comparison["summary"],
                "search_description": comparison.get("search_description", ""),
                "overall": writer.rich_text(comparison.get("overall", "")),
                "body": writer.stream(slug, comparison.get("body", [])),
                **review_fields(comparison),
            },
        )


def _fields(slug: str, therapy: Record, writer: ContentWriter) -> Record:
    return {
        "title": therapy["title"],
        "abbreviation": therapy.get("abbreviation", ""),
        "other_names": therapy.get("other_names", []),
        "family": therapy["family"],
        "summary": therapy["summary"],
        "search_description": therapy.get("search_description", ""),
        "body": writer.stream(slug, therapy["body"]),
        **review_fields(therapy),
    }


def _value(entry: Record) -> DimensionValue:
    value = DimensionValue(
        dimension=named(ComparisonDimension, key=entry["dimension"]),
        short_value=entry.get("short_value", ""),
        detail=entry.get("detail", ""),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        unit=entry.get("unit", ""),
        checked_on=entry["checked_on"],
        checked_by=reviewer(entry.get("checked_by")),
    )
    value.references = [named(Reference, key=key) for key in sorted(entry.get("references", []))]
    return value


def _evidence(entry: Record) -> TherapyEvidence:
    source = entry.get("reference")
    return TherapyEvidence(
        concern=named(ConcernPage, slug=entry["concern"]),
        level=entry["level"],
        population=entry.get("population", ""),
        note=entry.get("note", ""),
        reference=named(Reference, key=source) if source else None,
        checked_on=entry["checked_on"],
    )
