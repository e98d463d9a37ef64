"""Few times for a first consultation out of many: for a visitor to choose from without being lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from therapists.enums import DAY_PART_HOURS
from therapists.matching.engine.criteria import Slot
from therapists.matching.inputs.uk_time import UK

MOST_A_DAY = 3
#: Nobody is asked to talk at night by their own clock.
DAY_BEGINS, DAY_ENDS = (
    min(begins for begins, _ends in DAY_PART_HOURS.values()),
    max(ends for _begins, ends in DAY_PART_HOURS.values()),
)


def few_times(times: Iterable[datetime], wanted: frozenset[Slot], time_zone: str) -> list[datetime]:
    """At most three for each day, spread over it.

    Where some are in the parts of the week that the visitor is usually free, only those; where they named
    none or it cannot be, those by day on their clock. Days and parts of them are the UK's, as diaries are.
    """
    moments = [moment.astimezone(ZoneInfo(UK)) for moment in sorted(times)]
    fitting = (
        [moment for moment in moments if _slot(moment) in wanted]
        or [moment for moment in moments if _is_by_day(moment.astimezone(ZoneInfo(time_zone)))]
        or moments
    )
    days: defaultdict[date, list[datetime]] = defaultdict(list)
    for moment in fitting:
        days[moment.date()].append(moment)
    return [moment for of_day in days.values() for moment in _spread(of_day)]


def _is_by_day(moment: datetime) -> bool:
    return DAY_BEGINS <= moment.time() < DAY_ENDS


def _slot(moment: datetime) -> Slot | None:
    for part, (begins, ends) in DAY_PART_HOURS.items():
        if begins <= moment.time() < ends:
            return moment.weekday(), str(part)
    return None


def _spread(times: Sequence[datetime]) -> list[datetime]:
    """The first, the last and what lies between."""
    if len(times) <= MOST_A_DAY:
        return list(times)
    last = len(times) - 1
    return [times[round(last * step / (MOST_A_DAY - 1))] for step in range(MOST_A_DAY)]
