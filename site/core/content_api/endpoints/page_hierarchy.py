"""The public pages above and below pages."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from rest_framework.request import Request
from wagtail.models import Page

from core.caching.content_memory import remembered_by_id
from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys, children_key
from core.content_api.representation.links import PageReference, page_reference
from core.content_api.representation.page_cards import with_cards
from core.page_addresses import with_own_addresses
from core.visibility import public

FRONT_PAGE_DEPTH = 2


#: A path in the tree, and whether anything may be below it.
type Place = tuple[str, bool]


class Surroundings(NamedTuple):
    above: list[Page]
    below: list[Page]


@dataclass(frozen=True)
class PageHierarchy:
    breadcrumbs: list[PageReference]
    children: list[PageReference]
    parent: PageReference | None


class PageHierarchies:
    """What is above and below each of the pages, read with one query for all of them."""

    def __init__(self, pages: Sequence[Page], request: Request) -> None:
        self._near = _surroundings(_place(page) for page in pages)
        self._request = request

    def of(self, page: Page) -> PageHierarchy:
        """Return it for one of the pages, and name what it shows among the keys of the answer."""
        return _hierarchy(page, self._near[_place(page)], self._request)


def _place(page: Page) -> Place:
    return page.path, page.numchild > 0


@remembered_by_id
def _surroundings(places: Collection[Place]) -> Mapping[Place, Surroundings]:
    """Return the public pages above and just below each of these places."""
    wanted = Q(path__in={above for path, _ in places for above in _paths_above(path)}, depth__gt=1)
    for path, has_children in places:
        if has_children:
            wanted |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
    near = with_own_addresses(list(with_cards(public(Page.objects.filter(wanted)).order_by("path"))))
    by_path = {found.path: found for found in near}
    below = defaultdict(list)
    for found in near:
        below[found.path[: -found.steplen]].append(found)
    return {
        (path, has_children): Surroundings(
            [by_path[above] for above in _paths_above(path) if above in by_path], below[path]
        )
        for path, has_children in places
    }


def _paths_above(path: str) -> list[str]:
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]


def _hierarchy(page: Page, near: Surroundings, request: Request) -> PageHierarchy:
    above = near.above
    page.breadcrumbs = above  # read once for its structured data too
    answer_keys(request).add(children_key(page.pk))
    if len(above) < page.depth - FRONT_PAGE_DEPTH:
        answer_keys(request).add(NEWLY_PUBLIC)
    is_parent_shown = bool(above) and above[-1].depth == page.depth - 1
    return PageHierarchy(
        breadcrumbs=[shown for other in above if (shown := page_reference(other, request))],
        children=[shown for other in near.below if (shown := page_reference(other, request))],
        parent=page_reference(above[-1], request) if is_parent_shown else None,
    )
