"""Reviewers, references, dimensions and glossary terms, which pages refer to."""

from typing import Any

from django.db import models

from core.models import Reviewer
from demo.builder.content_files import Record, named, record
from home.models import GlossaryTerm
from therapies.models import ComparisonDimension, Reference


def build_reviewers() -> None:
    for entry in record("reviewers")["reviewers"]:
        Reviewer.objects.update_or_create(name=entry["name"], defaults={"credentials": entry["credentials"]})


def reviewer(key: str | None) -> Reviewer | None:
    """Return the reviewer with this key, which only the content files use."""
    if key is None:
        return None
    names = {entry["key"]: entry["name"] for entry in record("reviewers")["reviewers"]}
    return named(Reviewer, name=names[key])


def review_fields(content: Record) -> Record:
    """Return the fields of the review of a page: who reviewed it, when, and when it is due again."""
    review = content.get("review", {})
    return {
        "reviewer": reviewer(review.get("reviewer")),
        "last_reviewed": review.get("last_reviewed"),
        "next_review_due": review.get("next_review_due"),
    }


def build_references() -> None:
    entries = record("references")["references"]
    for entry in entries:
        _publish(Reference, {"key": entry["key"]}, _without(entry, "key", "superseded_by"))
    for entry in entries:
        if newer := entry.get("superseded_by"):
            _publish(Reference, {"key": entry["key"]}, {"superseded_by": named(Reference, key=newer)})


def build_dimensions() -> None:
    for entry in record("dimensions")["dimensions"]:
        _publish(ComparisonDimension, {"key": entry["key"]}, _without(entry, "key"))


def build_glossary() -> None:
    for entry in record("glossary")["terms"]:
        _publish(GlossaryTerm, {"term": entry["term"]}, _without(entry, "term"))


def _without(entry: Record, *keys: str) -> Record:
    return {key: value for key, value in entry.items() if key not in keys}


def _publish(kind: type[models.Model], key: dict[str, str], fields: dict[str, Any]) -> None:
    snippet = kind._default_manager.filter(**key).first() or kind(**key)
    if snippet.pk and all(getattr(snippet, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(snippet, name, value)
    snippet.full_clean()
    snippet.save()
    snippet.save_revision(log_action=True).publish()  # type: ignore[attr-defined]
