"""Concerns: what people come with."""

from wagtail.models import Page

from demo.builder.content_files import Record, named, records
from demo.builder.publishing import create_draft, publish
from demo.builder.snippets import review_fields
from demo.builder.stream_content import ContentWriter
from therapies.models import ConcernIndexPage, ConcernPage


def create_concern_drafts(index: ConcernIndexPage) -> None:
    """Create parents before their children."""
    concerns = records("concerns")
    for slug, concern in sorted(concerns.items(), key=lambda entry: "parent" in entry[1]):
        parent: Page = named(ConcernPage, slug=concern["parent"]) if "parent" in concern else index
        create_draft(ConcernPage, parent, slug, {"title": concern["title"], "kind": concern["kind"]})


def publish_concerns(writer: ContentWriter) -> None:
    for slug, concern in records("concerns").items():
        publish(named(ConcernPage, slug=slug), _fields(slug, concern, writer))


def _fields(slug: str, concern: Record, writer: ContentWriter) -> Record:
    return {
        "title": concern["title"],
        "kind": concern["kind"],
        "clinical_term": concern.get("clinical_term", ""),
        "synonyms": concern.get("synonyms", []),
        "summary": concern["summary"],
        "search_description": concern.get("search_description", ""),
        "adjacent": [named(ConcernPage, slug=name) for name in concern.get("adjacent", [])],
        "body": writer.stream(slug, concern["body"]),
        **review_fields(concern),
    }
