"""Lists of all pages of an endpoint: which they are, and in which order, is read once for an epoch.

Whether a page is public is asked of every page before the first twenty are known, and again to count all.
"""

from array import array
from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from wagtail.models import Site
from wagtail.query import PageQuerySet

from core.caching.content_memory import remember_as
from core.content_api.pagination import LIMIT, OFFSET, CappedPagination

#: Parameters that leave a list what it is. Anyone may invent others: those lists are not remembered.
NARROWS_NOTHING = frozenset({"limit", "offset", "fields", "image_widths"})


class WholeListPagination(CappedPagination):
    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        if not request.GET.keys() <= NARROWS_NOTHING:
            return super().paginate_queryset(queryset, request, view)
        site = Site.find_for_request(request)
        name = __name__, type(view).__name__, site and site.pk
        ids: Sequence[int] = remember_as(name, lambda: array("Q", queryset.values_list("pk", flat=True)))
        self.view, self.total_count, start = view, len(ids), view.arguments[OFFSET]
        return _with_ids(queryset, ids[start : start + view.arguments[LIMIT]])


def _with_ids(listed: PageQuerySet, ids: Sequence[int]) -> PageQuerySet:
    """Return some of the listed pages in their order. They are known to be public."""
    return listed.model.objects.filter(pk__in=ids).order_by(*listed.query.order_by)
