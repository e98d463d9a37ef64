"""The id of the request that work is done for. A job carries it from the request that deferred it."""

import re
import uuid
from contextvars import ContextVar

from django.core.signals import request_finished

_current: ContextVar[str] = ContextVar("request_id", default="")

#: Of a UUID, or of nginx: no name and no address fits.
_WELL_FORMED = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


def current() -> str:
    """Return an empty text where no request and no job is under way."""
    return _current.get()


def begin(given: str = "") -> str:
    """Make this the id of what follows, or a new one where none was given or it is not well-formed."""
    request_id = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
    _current.set(request_id)
    return request_id


def end(**kwargs: object) -> None:
    """Django logs an answer after the last middleware, so that a request ends with its signal."""
    _current.set("")


request_finished.connect(end)
