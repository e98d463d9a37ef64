"""Removes from logs what gives access to whoever has it."""

import logging
import re
from typing import ClassVar


class RedactingFilter(logging.Filter):
    """A subclass sets the pattern of what is removed. Its first group is kept."""

    pattern: ClassVar[re.Pattern[str]]

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(self._redact(argument) for argument in record.args)
        record.msg = self._redact(record.msg)
        # Django attaches the whole request, which some handlers would print.
        record.__dict__.pop("request", None)
        return True

    def _redact(self, value: object) -> object:
        return self.pattern.sub(r"\1…", value) if isinstance(value, str) else value


class HideQueries(RedactingFilter):
    """What someone searches for, or narrows a list by, says how they are."""

    pattern = re.compile(r"(/[^\s?\"']*\?)[^\s\"']+")
