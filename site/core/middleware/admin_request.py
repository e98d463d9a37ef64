"""Lets the signals of publication and workflow know whom to tell (`core.admin.page_warnings`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.admin.page_warnings import admin_request


class AdminRequestMiddleware:
    """Keeps the request at hand while it is answered. Only those of the admin publish or hand in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = admin_request.set(request)
        try:
            return self.get_response(request)
        finally:
            admin_request.reset(token)
