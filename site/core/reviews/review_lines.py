"""What readers are told of a page's review. Pure."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The fields of a page that say it. They belong to its published words, and to no draft."""

    last_reviewed: date | None = None
    reviewer_id: int | None = None
    next_review_due: date | None = None
    reviewed_revision_id: int | None = None
    #: When words last changed that need no new review.
    corrected_on: date | None = None
    #: Since when other words than those that were reviewed are public.
    awaits_review_since: date | None = None


LINE_ATTRIBUTES = tuple(field.name for field in fields(ReviewLine))
REVIEW_FIELDS = tuple(name.removesuffix("_id") for name in LINE_ATTRIBUTES)


def line_of(page: Any) -> ReviewLine:
    return ReviewLine(**{name: getattr(page, name) for name in LINE_ATTRIBUTES})


def after_change(line: ReviewLine, today: date, *, is_small: bool) -> ReviewLine:
    """Return what is true once other words are public than those that were reviewed.

    A small correction leaves the review as it is, unless one is awaited already.
    """
    if line.last_reviewed is None:
        return line
    if is_small and line.awaits_review_since is None:
        return replace(line, corrected_on=today)
    return replace(
        line,
        awaits_review_since=line.awaits_review_since or today,
        next_review_due=min(line.next_review_due or today, today),
    )
