"""Gives kept answers before Django makes a request of what was asked: most of an answer from memory is that.

Only the plainest case: a GET that is valid as it is kept. Whatever else may be so, such as an answer that is
out of date or a reader who has it already, is for `core.middleware.kept_answers`, behind it.
"""

import time
from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from core.caching.answers import Environ, KeptAnswer, kept_by_this_process
from core.caching.epoch import content_epoch
from core.counters import count_request, kept_answers
from core.logs import request_ids

#: With these a request may be for one reader alone, or for a part of an answer.
FOR_ONE_READER = ("HTTP_AUTHORIZATION", "HTTP_RANGE")
#: With these an answer may say only that nothing changed.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
#: What tells an address, scheme first, in the environment.
ADDRESS = (
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
)
STATUS = f"{HTTPStatus.OK} {HTTPStatus.OK.phrase}"

type Address = tuple[str, ...]


class KeptAnswersWSGIMiddleware:
    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        kept = _kept(environ) if _is_plain(environ) else None
        if kept is None:
            return self.application(environ, start_response)
        request_id = (request_ids.HEADER, request_ids.of_request(environ))
        start_response(STATUS, [*kept.headers.items(), request_id])
        kept_answers.labels("hit").inc()
        if settings.METRICS_TOKEN:
            count_request("", "GET", HTTPStatus.OK, time.perf_counter() - began)
        return [kept.body]


def _is_plain(environ: Environ) -> bool:
    """Return whether nothing in it asks for more. Django reads paths in letters beyond ASCII otherwise."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and may_be_shared(environ)
        and not any(name in environ for name in CONDITIONS)
        and environ.get("PATH_INFO", "").isascii()
    )


def _kept(environ: Environ) -> KeptAnswer | None:
    epoch = content_epoch.current()
    return None if epoch is None else kept_by_this_process().get(address_of(environ), environ, epoch)


def may_be_shared(environ: Environ) -> bool:
    """Return whether it asks for what everyone is given. Whatever may be read as a session is one."""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and not any(name in environ for name in FOR_ONE_READER)
    )


def address_of(environ: Environ) -> Address:
    """Return scheme, host and path, with the query as it was written: answers repeat it in their links."""
    return tuple(environ.get(name, "") for name in ADDRESS)
