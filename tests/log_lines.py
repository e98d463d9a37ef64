"""The lines that production logs, as they are written."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from logging.config import DictConfigurator

from django.conf import settings


class KeptLines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def told(self) -> list[dict]:
        return [json.loads(line) for line in self.lines]


@contextmanager
def log_lines(level: int = logging.DEBUG) -> Iterator[KeptLines]:
    """Keep what the handler of production would write, with its filters and its format."""
    logging_settings = deepcopy(settings.LOGGING)
    configured = DictConfigurator(logging_settings)
    kept = KeptLines()
    kept.setFormatter(configured.configure_formatter(logging_settings["formatters"]["json"]))
    for name in logging_settings["handlers"]["console"]["filters"]:
        kept.addFilter(configured.configure_filter(logging_settings["filters"][name]))
    root = logging.getLogger()
    usual = root.level
    root.addHandler(kept)
    root.setLevel(level)
    try:
        yield kept
    finally:
        root.removeHandler(kept)
        root.setLevel(usual)
