"""The times that a therapist has for a first consultation, from plain values."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

#: An enquiry is read by a person first, so that no time of the same day is promised.
NOTICE = timedelta(days=1)
#: Further ahead nobody can say how a week will look.
LOOKED_AHEAD = timedelta(weeks=8)
#: A conversation begins when its stretch does, or so much later.
STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of one day, in UK time. The exact time within it is agreed with the visitor."""

    day: date
    starts: time
    ends: time

    def beginnings(self, length: timedelta) -> Iterator[datetime]:
        """When a conversation of this length can begin in it, by the clock of the UK."""
        begins, ends = (datetime.combine(self.day, hour) for hour in (self.starts, self.ends))
        while begins + length <= ends:
            yield begins
            begins += STEP


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of every week; `weekday` as `date.weekday()` numbers them."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Away:
    first_day: date
    last_day: date


def openings(
    week: Collection[Stretch], away: Collection[Away], first_day: date, last_day: date
) -> Iterator[Opening]:
    """Every stretch of these days in order, but for those of an absence."""
    for ahead in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=ahead)
        if any(absence.first_day <= day <= absence.last_day for absence in away):
            continue
        stretches = [stretch for stretch in week if stretch.weekday == day.weekday()]
        for stretch in sorted(stretches, key=lambda stretch: stretch.starts):
            yield Opening(day, stretch.starts, stretch.ends)


def next_opening(
    week: Collection[Stretch], away: Collection[Away], as_of: date, not_before: Collection[date | None] = ()
) -> Opening | None:
    """The first stretch after `as_of` on a day that is neither an absence nor before any of `not_before`."""
    first_day = max([as_of + NOTICE, *filter(None, not_before)])
    return next(openings(week, away, first_day, as_of + LOOKED_AHEAD), None)
