"""The epoch of content as a test sets it: what a test changes is not committed, so no process hears of it."""

from dataclasses import dataclass


@dataclass
class KnownEpoch:
    #: None while changes are not heard of.
    number: int | None = 1

    def current(self) -> int | None:
        return self.number
