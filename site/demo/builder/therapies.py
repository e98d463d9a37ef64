"""Therapies with their facts and evidence, and the editors' comparisons of a pair."""

from demo.builder.blocks import Words
from demo.builder.files import Record, named, records
from demo.builder.pages import publish, stand
from demo.builder.review import review_fields
from demo.builder.snippets import reviewer
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


def stand_therapies(index: TherapyIndexPage) -> None:
    for slug, therapy in records("therapies").items():
        stand(TherapyPage, index, slug, {"title": therapy["title"], "family": therapy["family"]})


def publish_therapies(words: Words) -> None:
    for slug, therapy in records("therapies").items():
        publish(
            named(TherapyPage, slug=slug),
            _fields(slug, therapy, words),
            {
                "values": (["dimension"], [_value(entry) for entry in therapy["values"]]),
                "evidence": (["concern"], [_evidence(entry) for entry in therapy["evidence"]]),
            },
        )


def build_comparisons(index: TherapyIndexPage, words: Words) -> None:
    for slug, comparison in records("comparisons").items():
        pair = {
            "title": comparison["title"],
            "first": named(TherapyPage, slug=comparison["first"]),
            "second": named(TherapyPage, slug=comparison["second"]),
        }
        publish(
            stand(ComparisonPage, index, slug, pair),
            {
                **pair,
                "summary": comparison["summary"],
                "search_description": comparison.get("search_description", ""),
                "overall": words.rich_text(comparison.get("overall", "")),
                "body": words.stream(slug, comparison.get("body", [])),
                **review_fields(comparison),
            },
        )


def _fields(slug: str, therapy: Record, words: Words) -> Record:
    return {
        "title": therapy["title"],
        "abbreviation": therapy.get("abbreviation", ""),
        "other_names": therapy.get("other_names", []),
        "family": therapy["family"],
        "summary": therapy["summary"],
        "search_description": therapy.get("search_description", ""),
        "body": words.stream(slug, therapy["body"]),
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
