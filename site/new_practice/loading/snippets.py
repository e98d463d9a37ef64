"""Reviewers, references, dimensions, glossary terms and help elsewhere."""

from typing import Any

from django.db import models

from core.models import Reviewer
from home.models import GlossaryTerm
from new_practice.loading.content_files import ContentFolder, Record, named
from search.models import OtherHelp, OtherHelpPlace
from therapies.models import ComparisonDimension, Reference


def build_reviewers(content: ContentFolder) -> None:
    for entry in content.record("reviewers")["reviewers"]:
        Reviewer.objects.update_or_create(name=entry["name"], defaults={"credentials": entry["credentials"]})


def reviewer(content: ContentFolder, key: str | None) -> Reviewer | None:
    """Return the reviewer with this key, which only the content files use."""
    if key is None:
        return None
    names = {entry["key"]: entry["name"] for entry in content.record("reviewers")["reviewers"]}
    return named(Reviewer, name=names[key])


def review_fields(content: ContentFolder, page: Record) -> Record:
    """Return the fields of the review of a page: who reviewed it, when, and when it is due again."""
    review = page.get("review", {})
    return {
        "reviewer": reviewer(content, review.get("reviewer")),
        "last_reviewed": review.get("last_reviewed"),
        "next_review_due": review.get("next_review_due"),
    }


def build_references(content: ContentFolder) -> None:
    entries = content.record("references")["references"]
    for entry in entries:
        _publish(
            Reference, {"key": entry["key"]}, _without(entry, "key", "superseded_by"), content.is_unsigned
        )
    for entry in entries:
        if newer := entry.get("superseded_by"):
            replaced = {"superseded_by": named(Reference, key=newer)}
            _publish(Reference, {"key": entry["key"]}, replaced, content.is_unsigned)


def build_dimensions(content: ContentFolder) -> None:
    for entry in content.record("dimensions")["dimensions"]:
        _publish(ComparisonDimension, {"key": entry["key"]}, _without(entry, "key"))


def build_glossary(content: ContentFolder) -> None:
    for entry in content.record("glossary")["terms"]:
        _publish(GlossaryTerm, {"term": entry["term"]}, _without(entry, "term"), content.is_unsigned)


def build_other_help(content: ContentFolder) -> None:
    for entry in content.record("other_help")["help"]:
        fields = _without(entry, "subject", "places")
        one, _created = OtherHelp.objects.update_or_create(subject=entry["subject"], defaults=fields)
        for order, place in enumerate(entry["places"]):
            defaults = {"url": place["url"], "sort_order": order}
            OtherHelpPlace.objects.update_or_create(help=one, name=place["name"], defaults=defaults)


def _without(entry: Record, *keys: str) -> Record:
    return {key: value for key, value in entry.items() if key not in keys}


def _publish(
    kind: type[models.Model], key: dict[str, str], fields: dict[str, Any], as_draft: bool = False
) -> None:
    snippet = kind._default_manager.filter(**key).first() or kind(**key, live=not as_draft)
    if snippet.pk and all(getattr(snippet, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(snippet, name, value)
    snippet.full_clean()
    snippet.save()
    revision = snippet.save_revision(log_action=True)  # type: ignore[attr-defined]
    if not as_draft:
        revision.publish()
