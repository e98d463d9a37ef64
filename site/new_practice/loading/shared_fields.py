"""What the files of several kinds of page have in common."""

from django.utils.text import slugify

from core.models import Reviewer
from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.content_problems import ContentError
from new_practice.loading.pictures import uploaded


def is_draft(content: ContentFolder, record: Record) -> bool:
    """Return whether a record is kept as a draft: because it says so, or all of its folder do."""
    return content.is_unsigned or record.get("draft", False)


def shared_fields(content: ContentFolder, page: Record) -> Record:
    """Return the fields that each page has, with those of its review."""
    return page_fields(content, page) | review_fields(content, page)


def page_fields(content: ContentFolder, page: Record) -> Record:
    picture = page.get("social_image")
    return {
        "title": page["title"],
        "seo_title": page.get("seo_title", ""),
        "summary": page.get("summary", ""),
        "search_description": page.get("search_description", ""),
        "social_image": uploaded(content, picture) if picture else None,
    }


def review_fields(content: ContentFolder, page: Record) -> Record:
    """Return the fields of the review of a page: who reviewed it, when, and when it is due again."""
    review = page.get("review", {})
    return {
        "reviewer": reviewer(content, review.get("reviewer")),
        "last_reviewed": review.get("last_reviewed"),
        "next_review_due": review.get("next_review_due"),
    }


def reviewer(content: ContentFolder, key: str | None) -> Reviewer | None:
    """Return the reviewer with this key: their file's, or their name as in an address."""
    if key is None:
        return None
    names = {entry["key"]: entry["name"] for entry in content.entries("reviewers", "reviewers")}
    for person in Reviewer.objects.all():
        if person.name == names.get(key) or slugify(person.name) == key:
            return person
    raise ContentError(f"No reviewer is named “{key}”.", value=f'"{key}"')
