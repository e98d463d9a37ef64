"""When the visitor could meet for the first consultation: asked last, and open to change."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.answers import MOST_PREFERRED_TIMES
from therapists.enquiries.describing import time_zone_name
from therapists.matching.form.steps import StepForm
from therapists.matching.inputs.uk_time import UK


class MeetingForm(StepForm):
    """Which times there are depends on whom the visitor asks: without `offer_times` there are none."""

    preferred_times = forms.TypedMultipleChoiceField(
        coerce=datetime.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of these times is no longer free. Please choose again.")},
    )
    meeting_zone = UK

    def offer_times(self, times: Iterable[datetime], time_zone: str) -> None:
        """By the visitor's clock."""
        self.meeting_zone = time_zone
        name = time_zone_name(time_zone)
        moments = [moment.astimezone(ZoneInfo(time_zone)) for moment in times]
        self.choose_from(
            "preferred_times",
            [(key_of(moment), f"{date_format(moment, 'l j F, H:i')} ({name})") for moment in moments],
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
        """The tick boxes by day, each with its time."""
        boxes = [(box, self._moment(box)) for box in self["preferred_times"]]
        for _day, of_day in groupby(boxes, key=lambda pair: pair[1].date()):
            times = list(of_day)
            yield times[0][1], times

    def _moment(self, box: BoundWidget) -> datetime:
        return datetime.fromisoformat(box.data["value"]).astimezone(ZoneInfo(self.meeting_zone))


def key_of(moment: datetime) -> str:
    """As a choice of the form: the same moment has one key, whatever the clock."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
