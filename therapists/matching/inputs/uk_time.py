"""A visitor's weekly times in UK time, in which therapists' diaries are kept."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from therapists.enums import DAY_PART_HOURS, DayPart, Weekday
from therapists.matching.engine.criteria import WeekPart

UK = "Europe/London"
#: With a shorter overlap of two parts of the day, a session would hardly fit in.
ENOUGH_IN_COMMON = timedelta(hours=2)


@cache
def time_zones() -> frozenset[str]:
    """Return every name of a time zone that a visitor may give."""
    return frozenset(available_timezones())


def in_uk_time(slots: Iterable[tuple[Weekday, DayPart]], time_zone: str, as_of: date) -> frozenset[WeekPart]:
    """Return the parts of the UK week that these fall into, by the clocks of the week after `as_of`.

    One may become two, or none: an evening in New York is night in the UK.
    """
    if time_zone == UK:
        return frozenset((int(day), str(part)) for day, part in slots)
    zone = ZoneInfo(time_zone)
    return frozenset(uk_slot for slot in slots for uk_slot in _uk_slots(slot, zone, as_of))


def _uk_slots(slot: tuple[Weekday, DayPart], zone: ZoneInfo, as_of: date) -> Iterator[WeekPart]:
    weekday, part = slot
    day = as_of + timedelta(days=(weekday - as_of.weekday()) % 7)
    begins, ends = _bounds(day, part, zone)
    for uk_day in (day - timedelta(days=1), day, day + timedelta(days=1)):
        for uk_part in DayPart:
            uk_begins, uk_ends = _bounds(uk_day, uk_part, ZoneInfo(UK))
            if min(ends, uk_ends) - max(begins, uk_begins) >= ENOUGH_IN_COMMON:
                yield uk_day.weekday(), str(uk_part)


def _bounds(day: date, part: DayPart, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return begin and end in UTC: within one zone, Python subtracts clock times and ignores the offset."""
    begins, ends = (datetime.combine(day, hour, zone) for hour in DAY_PART_HOURS[part])
    return begins.astimezone(ZoneInfo("UTC")), ends.astimezone(ZoneInfo("UTC"))
