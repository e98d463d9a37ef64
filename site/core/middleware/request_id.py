"""Give each request an id, which its log lines, its jobs and its answer bear."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.logs import request_ids

logger = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Logs one line for each request that reached a view. It names the view: an address may be a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_ids.begin(request_ids.of_request(request.META))
        began = time.perf_counter()
        response = self.get_response(request)
        response[request_ids.HEADER] = request_id
        if request.resolver_match:
            self._log(request, request.resolver_match.view_name, response.status_code, began)
        return response

    def _log(self, request: HttpRequest, view: str, status: int, began: float) -> None:
        milliseconds = round((time.perf_counter() - began) * 1000)
        told = {"view": view, "method": request.method, "status": status, "milliseconds": milliseconds}
        logger.info("%s %s %s", request.method, view, status, extra=told)
