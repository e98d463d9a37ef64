"""What a WSGI application answers, and a memory of answers that nobody filled before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.test import RequestFactory

from core.caching import wsgi_middleware
from core.caching.answers import AnswerStore
from core.middleware import kept_answers


@contextmanager
def own_store() -> Iterator[AnswerStore]:
    """Give and keep answers in a store that is empty at first, rather than in that of this process."""
    store = AnswerStore(settings.KEPT_ANSWERS_MEGABYTES * 1024 * 1024)
    with (
        patch.object(kept_answers, "kept_by_this_process", lambda: store),
        patch.object(wsgi_middleware, "kept_by_this_process", lambda: store),
    ):
        yield store


def wsgi_answer(
    application: WSGIApplication, address: str, *, method: str = "GET", **headers: str
) -> tuple[str, dict[str, str], bytes]:
    """Return the status, headers and body, as a server would send them."""
    environ = RequestFactory().generic(method, address, headers={"host": "localhost"} | headers).environ
    started: list[Any] = []
    body = application(environ, lambda status, headers, exc_info=None: started.extend((status, headers)))
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    status, sent = started
    return status, dict(sent), content
