"""Therapies with their facts and evidence, and comparison pages."""

from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.content_problems import ContentError
from new_practice.loading.publishing import create_draft, publish
from new_practice.loading.shared_fields import is_draft, review_of, reviewer, shared_fields
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
        with content.storing(f"therapies/{slug}"):
            create_draft(TherapyPage, index, slug, {"title": therapy["title"], "family": therapy["family"]})


def publish_therapies(content: ContentFolder, writer: ContentWriter) -> None:
    for slug, therapy in content.records("therapies").items():
        with content.storing(f"therapies/{slug}"):
            values = [
                _value(entry, content, position) for position, entry in enumerate(therapy.get("values", []))
            ]
            evidence = [
                _evidence(entry, position) for position, entry in enumerate(therapy.get("evidence", []))
            ]
            publish(
                named(TherapyPage, slug=slug),
                _fields(slug, therapy, content, writer),
                {"values": (["dimension"], values), "evidence": (["concern", "level"], evidence)},
                review=review_of(content, therapy),
                as_draft=is_draft(content, therapy),
            )


def build_comparisons(content: ContentFolder, index: TherapyIndexPage, writer: ContentWriter) -> None:
    for slug, comparison in content.records("comparisons").items():
        with content.storing(f"comparisons/{slug}"):
            pair = {
                "title": comparison["title"],
                "first": named(TherapyPage, slug=comparison["first"]),
                "second": named(TherapyPage, slug=comparison["second"]),
            }
            publish(
                create_draft(ComparisonPage, index, slug, pair),
                pair | _of_a_comparison(slug, comparison, content, writer),
                review=review_of(content, comparison),
                as_draft=is_draft(content, comparison),
            )


def _of_a_comparison(slug: str, comparison: Record, content: ContentFolder, writer: ContentWriter) -> Record:
    first, second = comparison.get("first_suits", []), comparison.get("second_suits", [])
    return {
        "first_heading": comparison.get("first_heading", ""),
        "first_suits": writer.stream(ComparisonPage.first_suits, f"{slug}/first", first, "first_suits"),
        "second_heading": comparison.get("second_heading", ""),
        "second_suits": writer.stream(ComparisonPage.second_suits, f"{slug}/second", second, "second_suits"),
        "overall": writer.rich_text(comparison.get("overall", "")),
        "body": writer.stream(ComparisonPage.body, slug, comparison.get("body", [])),
        **shared_fields(content, comparison),
    }


def _fields(slug: str, therapy: Record, content: ContentFolder, writer: ContentWriter) -> Record:
    suits, other_way = therapy.get("suits", []), therapy.get("other_way", [])
    return {
        "abbreviation": therapy.get("abbreviation", ""),
        "other_names": therapy.get("other_names", []),
        "family": therapy["family"],
        "in_short": therapy.get("in_short", ""),
        "drawing": therapy.get("drawing", ""),
        "suits": writer.stream(TherapyPage.suits, f"{slug}/suits", suits, "suits"),
        "other_way": writer.stream(TherapyPage.other_way, f"{slug}/other-way", other_way, "other_way"),
        "body": writer.stream(TherapyPage.body, slug, therapy.get("body", [])),
        **shared_fields(content, therapy),
    }


def _value(entry: Record, content: ContentFolder, position: int) -> DimensionValue:
    try:
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
        value.references.set(named(Reference, key=key) for key in sorted(entry.get("references", [])))
    except ContentError as error:
        raise ContentError(error.words, ("values", position, *error.at), error.value) from None
    return value


def _evidence(entry: Record, position: int) -> TherapyEvidence:
    source = entry.get("reference")
    try:
        return TherapyEvidence(
            concern=named(ConcernPage, slug=entry["concern"]),
            level=entry["level"],
            population=entry.get("population", ""),
            note=entry.get("note", ""),
            reference=named(Reference, key=source) if source else None,
            checked_on=entry["checked_on"],
        )
    except ContentError as error:
        raise ContentError(error.words, ("evidence", position, *error.at), error.value) from None
