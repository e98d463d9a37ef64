"""When a therapist has time for a first consultation, computed from plain values. Times are UK time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

#: A person reads each enquiry first, so no time on the same day is offered.
NOTICE = timedelta(days=1)
#: Diaries are not reliable further ahead.
LOOKED_AHEAD = timedelta(weeks=8)
#: A consultation may begin at the start of an opening, and at each such step after it.
STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opening:
    """A period of one day in which consultations may be held."""

    day: date
    starts: time
    ends: time

    def start_times(self, length: timedelta) -> Iterator[datetime]:
        """Yield when a consultation of this length can begin, as naive UK times."""
        begins, ends = (datetime.combine(self.day, hour) for hour in (self.starts, self.ends))
        while begins + length <= ends:
            yield begins
            begins += STEP


@dataclass(frozen=True, slots=True)
class WeeklyPeriod:
    """A period of every week; `weekday` as in `date.weekday()`."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class AbsentDays:
    """The days of an absence, both included."""

    first_day: date
    last_day: date


def openings(
    week: Collection[WeeklyPeriod], away: Collection[AbsentDays], first_day: date, last_day: date
) -> Iterator[Opening]:
    """Yield the openings from the first to the last day, in order, without days of an absence."""
    for ahead in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=ahead)
        if any(absence.first_day <= day <= absence.last_day for absence in away):
            continue
        periods = [period for period in week if period.weekday == day.weekday()]
        for period in sorted(periods, key=lambda period: period.starts):
            yield Opening(day, period.starts, period.ends)


def next_opening(
    week: Collection[WeeklyPeriod],
    away: Collection[AbsentDays],
    as_of: date,
    not_before: Collection[date | None] = (),
) -> Opening | None:
    """Return the first opening after `as_of` that is not before any of `not_before`, or None."""
    first_day = max([as_of + NOTICE, *filter(None, not_before)])
    return next(openings(week, away, first_day, as_of + LOOKED_AHEAD), None)
