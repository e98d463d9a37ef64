"""Tells nginx until when it may keep an answer: the second in which it was given.

nginx counts in whole seconds, and keeps for up to two what it may keep for one. An answer that says when it
ends is kept for one at most. Other servers do not know this header. Whether an answer may be kept at all is
said elsewhere.
"""

import time
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Accel-Expires"


class FrontServerWSGIMiddleware:
    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exception: Any) -> Any:
            return start_response(status, [*headers, (HEADER, f"@{int(time.time())}")], *exception)

        return self.application(environ, start)
