"""The epoch of content as a test sets it: what a test changes is not committed, so no process hears of it."""

from collections.abc import Iterable
from dataclasses import dataclass


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
