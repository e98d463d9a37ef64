"""The public pages above and below pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from rest_framework.request import Request
from wagtail.models import Page

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys, children_key
from core.content_api.representation.links import PageReference, page_reference, referred_pages

FRONT_PAGE_DEPTH = 2


@dataclass(frozen=True)
class PageHierarchy:
    breadcrumbs: list[PageReference]
    children: list[PageReference]
    parent: PageReference | None


def page_hierarchies(pages: Sequence[Page], request: Request) -> dict[int, PageHierarchy]:
    """Return what is above and below each of the pages, by id, in a fixed number of queries."""
    above = {path for page in pages for path in _paths_above(page)}
    wanted = Q(path__in=above, depth__gt=1)
    for page in pages:
        if page.numchild:
            wanted |= Q(path__startswith=page.path, depth=page.depth + 1)
    near = referred_pages(Page.objects.filter(wanted).order_by("path").values_list("pk", flat=True)).values()
    by_path = {found.path: found for found in near}
    below = defaultdict(list)
    for found in near:
        below[found.path[: -found.steplen]].append(found)
    return {
        page.pk: _hierarchy(
            page, [by_path[path] for path in _paths_above(page) if path in by_path], below[page.path], request
        )
        for page in pages
    }


def _paths_above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]


def _hierarchy(page: Page, above: list[Page], below: list[Page], request: Request) -> PageHierarchy:
    page.breadcrumbs = above  # read once for its structured data too
    answer_keys(request).add(children_key(page.pk))
    if len(above) < page.depth - FRONT_PAGE_DEPTH:
        answer_keys(request).add(NEWLY_PUBLIC)
    is_parent_shown = bool(above) and above[-1].depth == page.depth - 1
    return PageHierarchy(
        breadcrumbs=[shown for other in above if (shown := page_reference(other, request))],
        children=[shown for other in below if (shown := page_reference(other, request))],
        parent=page_reference(above[-1], request) if is_parent_shown else None,
    )
