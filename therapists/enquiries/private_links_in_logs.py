"""Keeps private links out of logs: whoever has one can open what it opens."""

import logging
import re

_TOKEN = re.compile(r"(/enquiries/(?:status|offer|introduction)/)[^/\s]+")


class HidePrivateLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_hide(argument) for argument in record.args)
        record.msg = _hide(record.msg)
        # Django hands over the whole request, which some handlers would print.
        record.__dict__.pop("request", None)
        return True


def _hide(value: object) -> object:
    return _TOKEN.sub(r"\1…", value) if isinstance(value, str) else value
