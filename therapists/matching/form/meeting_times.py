"""When the visitor could meet for the first consultation: the times offered, and the question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from core.dates_in_words import near_moment_in_words
from therapists.enquiries.answers import MOST_PREFERRED_TIMES, time_zone_name
from therapists.enums import DAY_PART_HOURS
from therapists.matching.engine.criteria import WeekPart
from therapists.matching.form.steps import StepForm
from therapists.matching.inputs.uk_time import UK

MOST_A_DAY = 3
#: No time is offered that is at night where the visitor is.
DAY_BEGINS, DAY_ENDS = (
    min(begins for begins, _ends in DAY_PART_HOURS.values()),
    max(ends for _begins, ends in DAY_PART_HOURS.values()),
)


class MeetingForm(StepForm):
    """The times depend on whom the visitor asks: without `set_times` there are none to choose."""

    preferred_times = forms.TypedMultipleChoiceField(
        coerce=datetime.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of these times is no longer free. Please choose again.")},
    )
    meeting_zone = UK

    def set_times(self, times: Iterable[datetime], time_zone: str) -> None:
        """Offer these moments, shown in the visitor's time zone."""
        self.meeting_zone = time_zone
        name = time_zone_name(time_zone)
        moments = [moment.astimezone(ZoneInfo(time_zone)) for moment in times]
        self.set_choices(
            "preferred_times",
            [(key_of(moment), f"{near_moment_in_words(moment)} ({name})") for moment in moments],
        )

    def clean_preferred_times(self) -> tuple[datetime, ...]:
        times = tuple(self.cleaned_data["preferred_times"])
        if len(times) > MOST_PREFERRED_TIMES:
            raise forms.ValidationError(_("Choose at most three times."))
        return times

    @property
    def is_in_uk_time(self) -> bool:
        return self.meeting_zone == UK

    @property
    def meeting_zone_name(self) -> str:
        return time_zone_name(self.meeting_zone)

    def meeting_days(self) -> Iterator[tuple[datetime, list[tuple[BoundWidget, datetime]]]]:
        """Return the tick boxes by day, each with its time."""
        boxes = [(box, self._moment(box)) for box in self["preferred_times"]]
        for _day, of_day in groupby(boxes, key=lambda pair: pair[1].date()):
            times = list(of_day)
            yield times[0][1], times

    def _moment(self, box: BoundWidget) -> datetime:
        return datetime.fromisoformat(box.data["value"]).astimezone(ZoneInfo(self.meeting_zone))


def key_of(moment: datetime) -> str:
    """Return the value of the form's choice: one for each moment, in whatever time zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def few_times(times: Iterable[datetime], wanted: frozenset[WeekPart], time_zone: str) -> list[datetime]:
    """Return at most three times for each day, spread over it, for a visitor to choose from.

    Keep those in the parts of the week that the visitor is free (`wanted`). Where none is, or none was named,
    keep those in the daytime of their time zone. Days and parts of the week are in UK time.
    """
    moments = [moment.astimezone(ZoneInfo(UK)) for moment in sorted(times)]
    fitting = (
        [moment for moment in moments if _week_part(moment) in wanted]
        or [moment for moment in moments if _is_by_day(moment.astimezone(ZoneInfo(time_zone)))]
        or moments
    )
    days: defaultdict[date, list[datetime]] = defaultdict(list)
    for moment in fitting:
        days[moment.date()].append(moment)
    return [moment for of_day in days.values() for moment in _spread(of_day)]


def _is_by_day(moment: datetime) -> bool:
    return DAY_BEGINS <= moment.time() < DAY_ENDS


def _week_part(moment: datetime) -> WeekPart | None:
    for part, (begins, ends) in DAY_PART_HOURS.items():
        if begins <= moment.time() < ends:
            return moment.weekday(), str(part)
    return None


def _spread(times: Sequence[datetime]) -> list[datetime]:
    """Return the first, the last and some between."""
    if len(times) <= MOST_A_DAY:
        return list(times)
    last = len(times) - 1
    return [times[round(last * step / (MOST_A_DAY - 1))] for step in range(MOST_A_DAY)]
