"""Log lines as JSON, one object a line.

Of an exception they tell its type, its code and where it was raised, and not its message: that may quote
what someone wrote, as PostgreSQL does with the values of a row.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

from core.logs import request_ids

#: What a record may hold besides its message.
FIELDS = ("view", "method", "status", "milliseconds", "task", "job", "outgoing")


class JSONLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_ids.current(),
        }
        told |= {name: vars(record)[name] for name in FIELDS if name in vars(record)}
        if record.exc_info and record.exc_info[1] is not None:
            told["exception"] = described(record.exc_info[1])
            told["raised_at"] = places(record.exc_info[2])
        return json.dumps(told, default=str)


class RequestIds(logging.Filter):
    """Gives each record the id, for formats that name it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_ids.current() or "-"
        return True


def described(exception: BaseException) -> str:
    """Return its type, its code where it has one, and the same of what caused it."""
    name = f"{type(exception).__module__}.{type(exception).__qualname__}".removeprefix("builtins.")
    cause = exception.__cause__ or exception.__context__
    said = " ".join(filter(None, [name, code_of(exception)]))
    return f"{said} from {described(cause)}" if cause else said


def code_of(exception: BaseException) -> str:
    """Return the code of PostgreSQL or of the operating system, or an empty text."""
    return str(getattr(exception, "sqlstate", None) or getattr(exception, "errno", None) or "")


def places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
