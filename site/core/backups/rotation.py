"""Which backups are kept."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta


def to_keep(made: Iterable[datetime], *, daily: int, weekly: int, monthly: int) -> set[datetime]:
    """Return the newest of each of the last so many days, weeks and months.

    None is kept for longer than that, however few there are, but for the newest of all.
    """
    newest_first = sorted(made, reverse=True)
    periods: list[tuple[int, timedelta, Callable[[datetime], Hashable]]] = [
        (daily, timedelta(days=1), datetime.date),
        (weekly, timedelta(days=7), lambda at: at.isocalendar()[:2]),
        (monthly, timedelta(days=31), lambda at: (at.year, at.month)),
    ]
    kept = set(newest_first[:1])
    for number, length, period_of in periods:
        newest_of: dict[Hashable, datetime] = {}
        for at in newest_first:
            if newest_first[0] - at < number * length:
                newest_of.setdefault(period_of(at), at)
        kept |= set(list(newest_of.values())[:number])
    return kept
