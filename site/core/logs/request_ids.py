"""The id of the request that work is done for. A job carries it from the request that deferred it."""

import re
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished

HEADER = "X-Request-ID"

_current: ContextVar[str] = ContextVar("request_id", default="")

#: Of a UUID, or of nginx: no name and no address fits.
_WELL_FORMED = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


def current() -> str:
    """Return an empty text where no request and no job is under way."""
    return _current.get()


def begin(given: str = "") -> str:
    """Make this the id of what follows, or a new one where none was given or it is not well-formed."""
    request_id = _well_formed(given)
    _current.set(request_id)
    return request_id


def of_request(environ: Mapping[str, Any]) -> str:
    """Return the id that a proxy of ours gave this request, or a new one: anyone may send such a header."""
    is_behind_proxy = bool(settings.REST_FRAMEWORK["NUM_PROXIES"])
    return _well_formed(environ.get("HTTP_X_REQUEST_ID", "") if is_behind_proxy else "")


def _well_formed(given: str) -> str:
    return given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def end(**kwargs: object) -> None:
    """Django logs an answer after the last middleware, so that a request ends with its signal."""
    _current.set("")


request_finished.connect(end)
