"""What people come with."""

from wagtail.models import Page

from demo.builder.blocks import Words
from demo.builder.files import Record, named, records
from demo.builder.pages import publish, stand
from demo.builder.review import review_fields
from therapies.models import ConcernIndexPage, ConcernPage


def stand_concerns(index: ConcernIndexPage) -> None:
    """Parents before what stands below them."""
    concerns = records("concerns")
    for slug, concern in sorted(concerns.items(), key=lambda entry: "parent" in entry[1]):
        parent: Page = named(ConcernPage, slug=concern["parent"]) if "parent" in concern else index
        stand(ConcernPage, parent, slug, {"title": concern["title"], "kind": concern["kind"]})


def publish_concerns(words: Words) -> None:
    for slug, concern in records("concerns").items():
        publish(named(ConcernPage, slug=slug), _fields(slug, concern, words))


def _fields(slug: str, concern: Record, words: Words) -> Record:
    return {
        "title": concern["title"],
        "kind": concern["kind"],
        "clinical_term": concern.get("clinical_term", ""),
        "synonyms": concern.get("synonyms", []),
        "summary": concern["summary"],
        "search_description": concern.get("search_description", ""),
        "adjacent": [named(ConcernPage, slug=name) for name in concern.get("adjacent", [])],
        "body": words.stream(slug, concern["body"]),
        **review_fields(concern),
    }
