"""Reviewers, references, dimensions, glossary terms and help elsewhere."""

from typing import Any

from django.db import models

from core.models import Reviewer
from home.models import GlossaryTerm
from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.shared_fields import is_draft
from search.models import OtherHelp, OtherHelpPlace
from therapies.models import ComparisonDimension, Reference

#: What a source has whose file does not say more.
NO_REFERENCE = {"url": "", "year": None, "accessed": None}


def build_reviewers(content: ContentFolder) -> None:
    for position, entry in enumerate(content.entries("reviewers", "reviewers")):
        with content.storing("reviewers", ("reviewers", position)):
            person = Reviewer.objects.filter(name=entry["name"]).first() or Reviewer(name=entry["name"])
            person.credentials = entry["credentials"]
            person.full_clean()
            person.save()


def build_references(content: ContentFolder) -> None:
    entries = content.entries("references", "references")
    for position, entry in enumerate(entries):
        with content.storing("references", ("references", position)):
            known = {key: value for key, value in entry.items() if key != "superseded_by"}
            _publish(content, Reference, "key", NO_REFERENCE | known)
    for position, entry in enumerate(entries):
        with content.storing("references", ("references", position)):
            newer = entry.get("superseded_by")
            replaced = {"superseded_by": named(Reference, key=newer) if newer else None}
            _publish(content, Reference, "key", entry | replaced)


def build_dimensions(content: ContentFolder) -> None:
    for position, entry in enumerate(content.entries("dimensions", "dimensions")):
        with content.storing("dimensions", ("dimensions", position)):
            _publish(content, ComparisonDimension, "key", entry)


def build_glossary(content: ContentFolder) -> None:
    for position, entry in enumerate(content.entries("glossary", "terms")):
        with content.storing("glossary", ("terms", position)):
            _publish(content, GlossaryTerm, "term", {"other_forms": []} | entry)


def build_other_help(content: ContentFolder) -> None:
    for entry in content.entries("other_help", "help"):
        fields = {key: value for key, value in entry.items() if key not in ("subject", "places")}
        one, _created = OtherHelp.objects.update_or_create(subject=entry["subject"], defaults=fields)
        for order, place in enumerate(entry["places"]):
            defaults = {"url": place["url"], "sort_order": order}
            OtherHelpPlace.objects.update_or_create(help=one, name=place["name"], defaults=defaults)


def _publish(
    content: ContentFolder,
    kind: type[models.Model],
    key: str,
    entry: Record,
) -> None:
    """Store what the entry says of the row with its key."""
    as_draft = is_draft(content, entry)
    fields: dict[str, Any] = {name: value for name, value in entry.items() if name not in (key, "draft")}
    snippet = kind._default_manager.filter(**{key: entry[key]}).first() or kind(
        **{key: entry[key]}, live=not as_draft
    )
    if snippet.pk and all(getattr(snippet, name) == value for name, value in fields.items()):
        return
    for name, value in fields.items():
        setattr(snippet, name, value)
    snippet.full_clean()
    snippet.save()
    revision = snippet.save_revision(log_action=True)  # type: ignore[attr-defined]
    if not as_draft:
        revision.publish()
