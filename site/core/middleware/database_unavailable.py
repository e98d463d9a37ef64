"""When the database does not answer, visitors get a page that says so and where urgent help is."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

#: What is raised when the database cannot be reached, or goes away.
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 120

logger = logging.getLogger(__name__)


def log_unavailable(exception: Exception) -> None:
    logger.error("The database did not answer", exc_info=exception)


class DatabaseUnavailableMiddleware:
    """For pages. The API says the same in `core.content_api.errors`."""

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
