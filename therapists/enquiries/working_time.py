"""The practice's working time: when it is open, and when so much of it has passed.

`WorkingTime` is pure: hours and closed days in, moments out. A clock that is put back or forward changes
nothing: what is open from nine to five is open for eight hours.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models.record_translation import words_in_active_language
from therapists.enquiries.models import Closure, EnquirySettings, OpeningHours

#: How far ahead an opening is looked for. Where there is none, time runs round the clock.
LONGEST_CLOSURE = 366


@dataclass(frozen=True, slots=True)
class OpenHours:
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WorkingTime:
    #: From Monday (0) on; a day that is not in it is closed. Several openings of a day do not overlap.
    weekly: Mapping[int, tuple[OpenHours, ...]]
    zone: ZoneInfo
    is_closed_on: Callable[[date], bool]

    @property
    def day(self) -> timedelta:
        """The working time of the longest day of a week."""
        return max((_length(openings) for openings in self.weekly.values()), default=timedelta(days=1))

    def is_open(self, moment: datetime) -> bool:
        return self.next_open(moment) == moment

    def next_open(self, moment: datetime) -> datetime:
        """Return the moment itself where the practice is open then, or when it opens next."""
        for opens, closes in self._openings_from(moment):
            if moment < closes:
                return max(opens, moment)
        return moment

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """Return when so much working time has passed since `start`."""
        left = amount
        for opens, closes in self._openings_from(start):
            begins = max(opens, start)
            if begins >= closes:
                continue
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        return start + amount

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much working time there is from `start` to `end`."""
        passed = timedelta(0)
        for opens, closes in self._openings_from(start):
            if opens >= end:
                break
            passed += max(min(closes, end) - max(opens, start), timedelta(0))
        return passed

    def _openings_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Return when it opens and closes, from the day of a moment on, until it stays closed for a year."""
        first = moment.astimezone(self.zone).date()
        closed_for = 0
        ahead = 0
        while closed_for < LONGEST_CLOSURE:
            day = first + timedelta(days=ahead)
            openings = () if self.is_closed_on(day) else self.weekly.get(day.weekday(), ())
            for opening in openings:
                yield self._at(day, opening.opens), self._at(day, opening.closes)
            closed_for = 0 if openings else closed_for + 1
            ahead += 1

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def _length(openings: tuple[OpenHours, ...]) -> timedelta:
    a_day = date.min
    return sum(
        (datetime.combine(a_day, one.closes) - datetime.combine(a_day, one.opens) for one in openings),
        timedelta(0),
    )


#: Where the settings name no hours: Monday to Friday.
USUAL_HOURS = {weekday: (OpenHours(time(9), time(17)),) for weekday in range(5)}


def working_time() -> WorkingTime:
    """Return it as the settings and the calendar of bank holidays have it. One query."""
    country, hours, closures = _as_set()
    weekly: dict[int, list[OpenHours]] = defaultdict(list)
    for weekday, *times in sorted(hours):
        opens, closes = map(time.fromisoformat, times)
        of_day = weekly[weekday]
        if of_day and opens <= of_day[-1].closes:
            of_day[-1] = OpenHours(of_day[-1].opens, max(of_day[-1].closes, closes))
        else:
            of_day.append(OpenHours(opens, closes))
    closed = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in closures]
    bank_holidays = _bank_holidays(country) if country else ()

    def is_closed_on(day: date) -> bool:
        return day in bank_holidays or any(first <= day <= last for first, last in closed)

    openings = {weekday: tuple(of_day) for weekday, of_day in weekly.items()}
    return WorkingTime(openings or USUAL_HOURS, ZoneInfo(settings.TIME_ZONE), is_closed_on)


def _as_set() -> tuple[str, list[list[Any]], list[list[Any]]]:
    """Return the calendar of bank holidays, the hours and the days closed, as JSON has them."""
    hours = OpeningHours.objects.filter(settings=OuterRef("pk")).order_by()
    closures = Closure.objects.filter(settings=OuterRef("pk")).order_by()
    stored = EnquirySettings.objects.values_list(
        "bank_holidays",
        ArraySubquery(hours.values(one=JSONArray("weekday", "opens", "closes"))),
        ArraySubquery(closures.values(one=JSONArray("first_day", "last_day"))),
    ).first()
    return stored or (EnquirySettings().bank_holidays, [], [])


@cache
def _bank_holidays(part: str) -> Container[date]:
    """Return those of a part of the United Kingdom, by its code. They are worked out a year at a time."""
    return holidays.country_holidays("GB", subdiv=part)


def out_of_hours_words() -> str:
    """Return what a visitor whose words are read for safety is told while nobody is there; else nothing."""
    if working_time().is_open(timezone.now()):
        return ""
    named = EnquirySettings.load()
    words = words_in_active_language(named.translations.all()).get(named.pk, {})
    said: str = words.get("out_of_hours_words") or named.out_of_hours_words
    return said or _(
        "Nobody is at the practice just now: it may be hours until somebody reads this. Please do not wait."
    )
