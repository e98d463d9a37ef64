"""Keeps out of logs what opens something for whoever has it."""

import logging
import re
from typing import ClassVar


class HideInLogs(logging.Filter):
    """A subclass says what is hidden, after what stays."""

    #: The first group stays.
    pattern: ClassVar[re.Pattern[str]]

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(self._hide(argument) for argument in record.args)
        record.msg = self._hide(record.msg)
        # Django hands over the whole request, which some handlers would print.
        record.__dict__.pop("request", None)
        return True

    def _hide(self, value: object) -> object:
        return self.pattern.sub(r"\1…", value) if isinstance(value, str) else value
