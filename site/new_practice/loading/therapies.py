"""Therapies with their facts and evidence, and comparison pages."""

from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.publishing import create_draft, publish
from new_practice.loading.snippets import review_fields, reviewer
from new_practice.loading.stream_content import ContentWriter
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


def create_therapy_drafts(content: ContentFolder, index: TherapyIndexPage) -> None:
    for slug, therapy in content.records("therapies").items():
        create_draft(TherapyPage, index, slug, {"title": therapy["title"], "family": therapy["family"]})


def publish_therapies(content: ContentFolder, writer: ContentWriter) -> None:
    for slug, therapy in content.records("therapies").items():
        publish(
            named(TherapyPage, slug=slug),
            _fields(slug, therapy, content, writer),
            {
                "values": (["dimension"], [_value(entry, content) for entry in therapy["values"]]),
                "evidence": (["concern"], [_evidence(entry) for entry in therapy["evidence"]]),
            },
            as_draft=content.is_unsigned,
        )


def build_comparisons(content: ContentFolder, index: TherapyIndexPage, writer: ContentWriter) -> None:
    for slug, comparison in content.records("comparisons").items():
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
                "first_heading": comparison.get("first_heading", ""),
                "first_suits": writer.lines(f"{slug}/first", comparison.get("first_suits", [])),
                "second_heading": comparison.get("second_heading", ""),
                "second_suits": writer.lines(f"{slug}/second", comparison.get("second_suits", [])),
                "overall": writer.rich_text(comparison.get("overall", "")),
                "body": writer.stream(slug, comparison.get("body", [])),
                **review_fields(content, comparison),
            },
            as_draft=content.is_unsigned,
        )


def _fields(slug: str, therapy: Record, content: ContentFolder, writer: ContentWriter) -> Record:
    return {
        "title": therapy["title"],
        "abbreviation": therapy.get("abbreviation", ""),
        "other_names": therapy.get("other_names", []),
        "family": therapy["family"],
        "summary": therapy["summary"],
        "search_description": therapy.get("search_description", ""),
        "in_short": therapy.get("in_short", ""),
        "drawing": therapy.get("drawing", ""),
        "suits": writer.lines(f"{slug}/suits", therapy.get("suits", [])),
        "other_way": writer.lines(f"{slug}/other-way", _with_words(therapy.get("other_way", []))),
        "body": writer.stream(slug, therapy["body"]),
        **review_fields(content, therapy),
    }


def _with_words(lines: list[str | Record]) -> list[str | Record]:
    """Return each line as a record: one that leads nowhere is written as its words alone."""
    return [{"words": line} if isinstance(line, str) else line for line in lines]


def _value(entry: Record, content: ContentFolder) -> DimensionValue:
    value = DimensionValue(
        dimension=named(ComparisonDimension, key=entry["dimension"]),
        short_value=entry.get("short_value", ""),
        detail=entry.get("detail", ""),
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        unit=entry.get("unit", ""),
        checked_on=entry["checked_on"],
        checked_by=reviewer(content, entry.get("checked_by")),
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
