"""The pages that other pages tell search engines of: those of several pages are read together."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from core.visibility import public_ids


def public_pages_by_id(ids: Iterable[int]) -> dict[int, Page]:
    """Return those of the pages that are public."""
    readable = public_ids(ids)
    return Page.objects.in_bulk(readable) if readable else {}


def share_related_pages(pages: Iterable[Any]) -> None:
    """Read the related pages of all these in one query, for `public_related_pages` of each."""
    pages = list(pages)
    found = public_pages_by_id(pk for page in pages for pk in page.related_page_ids)
    for page in pages:
        page.shared_related_pages = found
