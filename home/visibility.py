"""What anyone may read without logging in: one answer for pages, search, the API, the sitemap and links."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

PagesToWithhold = Callable[[], QuerySet[Any]]

_withheld: list[PagesToWithhold] = []


def withhold(pages: PagesToWithhold) -> PagesToWithhold:
    """Register pages that stay hidden though they are published. An app calls this in `ready()`."""
    if pages not in _withheld:
        _withheld.append(pages)
    return pages


def public(pages: PageQuerySet) -> PageQuerySet:
    """Keep only what is published, unrestricted, not past its expiry, and withheld by no app."""
    return not_withheld(pages.live().public())


def not_withheld(pages: PageQuerySet) -> PageQuerySet:
    """Leave out what is past its expiry or withheld by an app; restrictions are not looked at."""
    pages = pages.exclude(expire_at__lte=timezone.now())
    for hidden in _withheld:
        pages = pages.exclude(pk__in=hidden().values("pk"))
    return pages


def is_public(page: Page) -> bool:
    return public(Page.objects.filter(pk=page.pk)).exists()


def is_withheld(page: Page) -> bool:
    return not not_withheld(Page.objects.filter(pk=page.pk)).exists()
