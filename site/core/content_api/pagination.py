from collections.abc import Iterator
from typing import Annotated, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field
from rest_framework.request import Request
from wagtail.api.v2.pagination import WagtailPagination

from core.content_api.errors import InvalidParameterError
from core.content_api.operations import Parameter

USUAL_LIMIT = 20
GREATEST_OFFSET = 1_000_000


class CappedPagination(WagtailPagination):
    """Wagtail's `limit` and `offset`, each with a bound that the database can bear."""

    @staticmethod
    def parameters() -> Iterator[Parameter]:
        most = settings.WAGTAILAPI_LIMIT_MAX
        yield Parameter("limit", Annotated[int, Field(ge=0, le=most)], "How many rows.", default=USUAL_LIMIT)
        yield Parameter(
            "offset",
            Annotated[int, Field(ge=0, le=GREATEST_OFFSET)],
            "How many rows to pass over.",
            default=0,
        )

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> Any:
        whole_number("limit", request.GET.get("limit", USUAL_LIMIT), settings.WAGTAILAPI_LIMIT_MAX)
        whole_number("offset", request.GET.get("offset", 0), GREATEST_OFFSET)
        return super().paginate_queryset(queryset, request, view)


def whole_number(name: str, value: str | int, greatest: int) -> int:
    try:
        number = int(value)
    except ValueError:
        number = -1
    if not 0 <= number <= greatest:
        words = _("Give a whole number from 0 to %(greatest)s.") % {"greatest": greatest}
        raise InvalidParameterError({name: [words]})
    return number
