"""Content that an answer asks for again and again is read once (see `core.caching.content_memory`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.caching.content_memory import answering

type Answer = Callable[[HttpRequest], HttpResponse]


class ContentMemoryMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A request that may store something reads what is true after it."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with answering():
            return self.get_response(request)
