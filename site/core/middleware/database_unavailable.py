"""A page for when the database does not answer, with the numbers of urgent help."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

#: Raised when the database cannot be reached, or the connection is lost.
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 120

logger = logging.getLogger(__name__)


def log_unavailable(exception: Exception) -> None:
    logger.error("The database did not answer", exc_info=exception)


class DatabaseUnavailableMiddleware:
    """Answers with status 503. For pages only: `core.content_api.errors` does it for the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DATABASE_IS_AWAY):
            return None
        log_unavailable(exception)
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
