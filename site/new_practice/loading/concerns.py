"""Concerns: what people come with."""

import sys

from wagtail.models import Page

from new_practice.loading.content_files import ContentFolder, Record, named
from new_practice.loading.publishing import create_draft, publish
from new_practice.loading.shared_fields import is_draft, review_of, shared_fields
from new_practice.loading.stream_content import ContentWriter
from therapies.models import ConcernIndexPage, ConcernPage


def create_concern_drafts(content: ContentFolder, index: ConcernIndexPage) -> None:
    """Create parents before their children, and those side by side in the order that visitors are shown."""
    for slug, concern in sorted(content.records("concerns").items(), key=_place):
        with content.storing(f"concerns/{slug}"):
            parent: Page = named(ConcernPage, slug=concern["parent"]) if "parent" in concern else index
            create_draft(ConcernPage, parent, slug, {"title": concern["title"], "kind": concern["kind"]})


def _place(entry: tuple[str, Record]) -> tuple[bool, int]:
    _slug, concern = entry
    return "parent" in concern, concern.get("position", sys.maxsize)


def publish_concerns(content: ContentFolder, writer: ContentWriter) -> None:
    for slug, concern in content.records("concerns").items():
        with content.storing(f"concerns/{slug}"):
            fields = _fields(slug, concern, content, writer)
            publish(
                named(ConcernPage, slug=slug),
                fields,
                review=review_of(content, concern),
                as_draft=is_draft(content, concern),
            )


def _fields(slug: str, concern: Record, content: ContentFolder, writer: ContentWriter) -> Record:
    return {
        "kind": concern["kind"],
        "clinical_term": concern.get("clinical_term", ""),
        "synonyms": concern.get("synonyms", []),
        "in_short": concern.get("in_short", ""),
        "adjacent": [named(ConcernPage, slug=name) for name in concern.get("adjacent", [])],
        "body": writer.stream(ConcernPage.body, slug, concern.get("body", [])),
        **shared_fields(content, concern),
    }
