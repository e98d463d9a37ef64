"""The epoch of content as a test sets it: what a test changes is not committed, so no process hears of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from core.caching import content_memory


@dataclass
class KnownEpoch:
    #: None while changes are not heard of.
    number: int | None = 1
    #: What did not change with any epoch. Everything else changes with each.
    unchanged: frozenset[str] = frozenset()

    def current(self) -> int | None:
        return self.number

    def last_change(self, tables: Iterable[str]) -> int:
        return 0 if self.number is None or self.unchanged.issuperset(tables) else self.number


@contextmanager
def known_epoch() -> Iterator[KnownEpoch]:
    """Let answers share the content that they read, as in production, until the epoch is moved."""
    known = KnownEpoch()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(content_memory, "content_epoch", known)
        patched.setattr(content_memory, "_of_the_epoch", {})
        patched.setattr(content_memory, "_records_of_the_epoch", {})
        yield known
