"""What the files of several kinds of page have in common."""

from django.utils.text import slugify

from core.models import Reviewer
from core.reviews.signing import USUAL_REVIEW_INTERVAL
from new_practice.loading.content_files import ContentFolder, Record
from new_practice.loading.content_problems import ContentError
from new_practice.loading.pictures import uploaded
from new_practice.loading.publishing import Review


def is_draft(content: ContentFolder, record: Record) -> bool:
    """Return whether a record is kept as a draft: because it says so, or all of its folder do."""
    return content.is_unsigned or record.get("draft", False)


def shared_fields(content: ContentFolder, page: Record) -> Record:
    """Return the fields that each page has."""
    picture = page.get("social_image")
    return {
        "title": page["title"],
        "seo_title": page.get("seo_title", ""),
        "summary": page.get("summary", ""),
        "search_description": page.get("search_description", ""),
        "social_image": uploaded(content, picture) if picture else None,
    }


def review_of(content: ContentFolder, page: Record) -> Review | None:
    """Return who reviewed a page, when, and when it is due again."""
    if not (review := page.get("review")):
        return None
    by, reviewed_on = reviewer(content, review["reviewer"]), review["last_reviewed"]
    due = review.get("next_review_due") or reviewed_on + USUAL_REVIEW_INTERVAL
    return Review(by, reviewed_on, due) if by else None


def reviewer(content: ContentFolder, key: str | None) -> Reviewer | None:
    """Return the reviewer with this key: their file's, or their name as in an address."""
    if key is None:
        return None
    names = {entry["key"]: entry["name"] for entry in content.entries("reviewers", "reviewers")}
    for person in Reviewer.objects.all():
        if person.name == names.get(key) or slugify(person.name) == key:
            return person
    raise ContentError(f"No reviewer is named “{key}”.", value=f'"{key}"')
