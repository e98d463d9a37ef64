"""The public pages above and below a page."""

from typing import Self

from django.db.models import Q
from rest_framework.request import Request
from wagtail.models import Page

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys, children_key
from core.content_api.representation.links import PageReference, page_reference, with_own_addresses
from core.models import BasePage
from core.visibility import public

FRONT_PAGE_DEPTH = 2


class PageHierarchy:
    """The breadcrumbs, parent and children of a page, read in one query."""

    def __init__(
        self,
        breadcrumbs: list[PageReference],
        children: list[PageReference],
        parent: PageReference | None,
    ) -> None:
        self.breadcrumbs = breadcrumbs
        self.children = children
        self.parent = parent

    @classmethod
    def of(cls, page: BasePage, request: Request) -> Self:
        above = [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
        below = Q(path__startswith=page.path, depth=page.depth + 1)
        near = public(Page.objects.filter(Q(path__in=above, depth__gt=1) | below)).order_by("path")
        pages = with_own_addresses(list(near))
        page.breadcrumbs = [other for other in pages if other.depth < page.depth]  # read once for both
        references = [(other, reference) for other in pages if (reference := page_reference(other, request))]
        answer_keys(request).add(children_key(page.pk))
        if sum(other.depth < page.depth for other in pages) < page.depth - FRONT_PAGE_DEPTH:
            answer_keys(request).add(NEWLY_PUBLIC)
        return cls(
            breadcrumbs=[reference for other, reference in references if other.depth < page.depth],
            children=[reference for other, reference in references if other.depth > page.depth],
            parent=next(
                (reference for other, reference in references if other.depth == page.depth - 1), None
            ),
        )
