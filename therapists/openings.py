"""When a first consultation can really happen, computed from plain values. Days and clock times are UK time.

`first_consultation` is the one answer: what cards, profiles, the directory, reasons, suggestions and the API
say of someone's first time is what it returns, and the form offers that time first.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
#: Diaries are not reliable further ahead.
LOOKED_AHEAD = timedelta(weeks=8)
#: A consultation may begin at the start of an opening, and at each such step after it.
STEP = timedelta(minutes=30)

#: From one moment (included) to another (excluded).
type Period = tuple[datetime, datetime]


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


@dataclass(frozen=True, slots=True)
class PracticeTime:
    """What the practice adds to every diary."""

    #: From the day on which somebody asks to the first day on which they can be met: the notice needed.
    first_day: Callable[[date], date]
    #: Bank holidays and other days on which nobody is seen.
    is_closed_on: Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationDiary:
    """All that decides when one therapist can hold a first consultation, but the practice's time."""

    week: Collection[WeeklyPeriod]
    #: Of one consultation.
    length: timedelta
    away: Collection[AbsentDays] = ()
    #: Whether they ever give places to new clients.
    gives_places: bool = True
    starts_from: date | None = None
    #: Until then nobody can ask for them.
    paused_until: date | None = None
    #: When a place frees, where all are in use.
    next_place_on: date | None = None
    taken: Collection[Period] = ()


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


def consultations(
    diary: ConsultationDiary, practice: PracticeTime, asked_on: date, last_day: date
) -> Iterator[datetime]:
    """Yield every moment up to a day at which someone who asks that day can be met, in order."""
    if not diary.gives_places:
        return
    asked_on = max(asked_on, diary.paused_until or asked_on)
    first_day = practice.first_day(asked_on)
    first_day = max([first_day, *filter(None, [diary.starts_from, diary.next_place_on])])
    for opening in openings(diary.week, diary.away, first_day, last_day):
        if practice.is_closed_on(opening.day):
            continue
        for start in opening.start_times(diary.length):
            moment = start.replace(tzinfo=UK)
            if _is_free(moment, moment + diary.length, diary.taken):
                yield moment


def first_consultation(diary: ConsultationDiary, practice: PracticeTime, asked_on: date) -> datetime | None:
    """Return the earliest moment at which someone who asks that day can be met, or None."""
    return next(consultations(diary, practice, asked_on, asked_on + LOOKED_AHEAD), None)


def _is_free(starts: datetime, ends: datetime, taken: Collection[Period]) -> bool:
    return all(ends <= other_starts or other_ends <= starts for other_starts, other_ends in taken)
