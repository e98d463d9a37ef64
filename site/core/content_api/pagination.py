from collections.abc import Iterator
from typing import Annotated, Any

from annotated_types import Ge, Le
from django.conf import settings
from django.db.models import QuerySet
from rest_framework.request import Request
from wagtail.api.v2.pagination import WagtailPagination

from core.content_api.parameters import Parameter

USUAL_LIMIT = 20
LIMIT = Parameter[int](
    "limit", Annotated[int, Ge(0), Le(settings.WAGTAILAPI_LIMIT_MAX)], "How many rows.", default=USUAL_LIMIT
)
OFFSET = Parameter[int](
    "offset", Annotated[int, Ge(0), Le(1_000_000)], "How many rows to pass over.", default=0
)


class CappedPagination(WagtailPagination):
    """Wagtail's `limit` and `offset`, each with a bound that the database can bear."""

    @staticmethod
    def parameters() -> Iterator[Parameter]:
        yield from (LIMIT, OFFSET)

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> QuerySet[Any]:
        limit, offset = view.arguments[LIMIT], view.arguments[OFFSET]
        self.view, self.total_count = view, queryset.count()
        return queryset[offset : offset + limit]
