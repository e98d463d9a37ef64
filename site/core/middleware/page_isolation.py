from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "Cross-Origin-Resource-Policy"


class PageIsolationMiddleware:
    """Keeps other origins from loading pages as if they were parts of theirs.

    The API, pictures and files are for other front ends too, and are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault(HEADER, "same-origin")
        return response
