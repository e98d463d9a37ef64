"""NUL in an address: PostgreSQL and file systems have no such character, so nothing is found by it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse

from core.content_api.views import NotFoundEndpoint

NUL = "\x00"
API = "/api/"


class NullCharactersMiddleware:
    """Answers 404 where the path has a NUL, and 400 where one in the query made a view fail.

    A view that reads the query with a form says itself what is wrong with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if NUL not in request.path_info:
            return None
        if request.path_info.startswith(API):
            return NotFoundEndpoint.as_view()(request)
        raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        has_nul = any(NUL in part for name, values in request.GET.lists() for part in (name, *values))
        if has_nul and isinstance(exception, (DataError, ValueError)):
            raise BadRequest("NUL in the query") from exception
