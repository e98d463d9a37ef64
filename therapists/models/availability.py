"""When a therapist can see new clients. A model of its own: it changes weekly, without publishing a page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, InlinePanel

from core.caching.content_memory import remembered
from therapists.enums import DAY_PART_HOURS, AvailabilityStatus, PausedBy, Slot, Weekday
from therapists.forms import AvailabilityForm
from therapists.openings import (
    LOOKED_AHEAD,
    AbsentDays,
    ConsultationDiary,
    Period,
    PracticeTime,
    WeeklyPeriod,
    consultations,
    first_consultation,
)

#: A diary not confirmed for this long counts half in matching.
CONFIRMED_FOR = timedelta(days=21)
MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class BookingReaders:
    """How to read what diaries do not know. The app that takes enquiries registers it in `ready()`."""

    practice_time: Callable[[], PracticeTime]
    #: Of the therapists whose places are all in use on a day, when the next one frees.
    next_places: Callable[[date], Mapping[int, date]]
    #: By therapist, what is taken from a day on.
    times_taken: Callable[[date], Mapping[int, Sequence[Period]]]


_registered: list[BookingReaders] = []


def register_bookings(readers: BookingReaders) -> None:
    _registered[:] = [readers]


class Bookings:
    """As they are on a day. Each part is read when it is first needed, and once: pass it on within a loop."""

    def __init__(self, day: date, readers: BookingReaders) -> None:
        self._day, self._readers = day, readers

    @cached_property
    def practice_time(self) -> PracticeTime:
        return self._readers.practice_time()

    @cached_property
    def next_places(self) -> Mapping[int, date]:
        return self._readers.next_places(self._day)

    @cached_property
    def times_taken(self) -> Mapping[int, Sequence[Period]]:
        return self._readers.times_taken(self._day)


@remembered
def bookings_on(day: date) -> Bookings:
    [readers] = _registered
    return Bookings(day, readers)


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def accepting_clients(self, on: date) -> "AvailabilityQuerySet":
        """Have a place, have begun, are neither paused nor away. As `is_accepting` of one diary."""
        away = Absence.objects.filter(first_day__lte=on, last_day__gte=on)
        return (
            self.filter(places_per_four_weeks__gt=0)
            .exclude(paused_until__gt=on)
            .exclude(starts_from__gt=on)
            .exclude(pk__in=away.values("availability"))
            .exclude(therapist__in=bookings_on(on).next_places)
        )


class Availability(ClusterableModel):
    therapist = models.OneToOneField(
        "therapists.TherapistPage",
        verbose_name=_("therapist"),
        on_delete=models.CASCADE,
        related_name="availability",
    )
    places_per_four_weeks = models.PositiveSmallIntegerField(
        _("places for new clients in four weeks"), default=1
    )
    starts_from = models.DateField(
        _("can start from"), null=True, blank=True, help_text=_("Empty: straight away.")
    )
    paused_until = models.DateField(_("takes no new clients until"), null=True, blank=True)
    #: The form of the admin sets it with the day.
    paused_by = models.CharField(
        _("who set that pause"),
        max_length=10,
        choices=PausedBy,
        default=PausedBy.PRACTICE,
        db_default=PausedBy.PRACTICE.value,
        editable=False,
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    base_form_class = AvailabilityForm
    panels = [
        "therapist",
        FieldRowPanel(["places_per_four_weeks", "starts_from"]),
        FieldRowPanel(["paused_until", "confirmed_on"]),
        InlinePanel("windows", heading=_("Times in the week"), label=_("Time")),
        InlinePanel("absences", heading=_("Away"), label=_("Absence")),
    ]

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availability")

    def __str__(self) -> str:
        return str(self.therapist)

    def is_paused(self, on: date) -> bool:
        return self.paused_until is not None and self.paused_until > on

    def absence(self, on: date) -> "Absence | None":
        return next((row for row in self.absences.all() if row.first_day <= on <= row.last_day), None)

    def status(self, on: date, known: Bookings | None = None) -> AvailabilityStatus:
        if self.is_paused(on):
            return AvailabilityStatus.PAUSED
        if not self.has_place(known or bookings_on(on)):
            return AvailabilityStatus.FULL
        if self.starts_from is not None and self.starts_from > on:
            return AvailabilityStatus.LATER
        if self.absence(on):
            return AvailabilityStatus.AWAY
        return AvailabilityStatus.OPEN

    def has_place(self, known: Bookings) -> bool:
        return self.places_per_four_weeks > 0 and self.therapist_id not in known.next_places

    def is_accepting(self, on: date) -> bool:
        """Return whether they could take a new client on that day."""
        return self.status(on) == AvailabilityStatus.OPEN

    def first_consultation(self, asked_on: date, known: Bookings | None = None) -> datetime | None:
        """Return when someone who asks that day can first be met; None where that cannot be said."""
        known = known or bookings_on(asked_on)
        return first_consultation(self._diary(known), known.practice_time, asked_on)

    def consultations(self, asked_on: date, known: Bookings) -> Iterator[datetime]:
        """Yield every moment at which someone who asks that day can first be met, in order."""
        return consultations(self._diary(known), known.practice_time, asked_on, asked_on + LOOKED_AHEAD)

    def _diary(self, known: Bookings) -> ConsultationDiary:
        return ConsultationDiary(
            week=[WeeklyPeriod(window.weekday, window.starts, window.ends) for window in self.windows.all()],
            length=timedelta(minutes=self.therapist.consultation_minutes),
            away=[AbsentDays(absence.first_day, absence.last_day) for absence in self.absences.all()],
            gives_places=self.places_per_four_weeks > 0,
            starts_from=self.starts_from,
            paused_until=self.paused_until,
            next_place_on=known.next_places.get(self.therapist_id),
            taken=known.times_taken.get(self.therapist_id, ()),
        )

    def is_confirmed(self, on: date) -> bool:
        return is_confirmed(self.confirmed_on, on)

    def confirm(self, on: date) -> None:
        """Store that the therapist confirmed the diary on that day. No other field is written."""
        self.confirmed_on = on
        self.save(update_fields=["confirmed_on"])

    def pause(self, until: date, by: PausedBy) -> None:
        """Store until when they take no new clients, and whose pause it is. No other field is written."""
        self.paused_until, self.paused_by = until, by
        self.save(update_fields=["paused_until", "paused_by"])

    def end_pause(self) -> None:
        """Store that they take new clients. No other field is written."""
        self.paused_until, self.paused_by = None, PausedBy.PRACTICE
        self.save(update_fields=["paused_until", "paused_by"])

    def slots(self) -> frozenset[Slot]:
        """Return the parts of the week that the windows overlap."""
        return frozenset(slot for window in self.windows.all() for slot in window.slots())

    def minutes_of_week(self) -> list[tuple[int, int]]:
        """Return the windows as minutes since Monday 00:00 UK time, to convert to other time zones."""
        return [window.minutes_of_week() for window in self.windows.all()]


def is_confirmed(confirmed_on: date | None, on: date) -> bool:
    return confirmed_on is not None and on - confirmed_on <= CONFIRMED_FOR


def slots_of(period: "WeeklyPeriod | WeeklyWindow") -> list[Slot]:
    """Return the parts of the week that a period of it overlaps."""
    return [
        (Weekday(period.weekday), part)
        for part, (start, end) in DAY_PART_HOURS.items()
        if period.starts < end and period.ends > start
    ]


def minute_of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute


class WeeklyWindow(models.Model):
    """A period of one weekday, in UK time."""

    availability = ParentalKey(Availability, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    panels = [FieldRowPanel(["weekday", "starts", "ends"])]

    class Meta:
        verbose_name = _("time in the week")
        ordering = ["weekday", "starts"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"

    def clean(self) -> None:
        super().clean()
        if None not in (self.starts, self.ends) and self.starts >= self.ends:
            raise ValidationError({"ends": _("This is not after the start.")})

    def minutes_of_week(self) -> tuple[int, int]:
        midnight = self.weekday * MINUTES_OF_DAY
        return midnight + minute_of_day(self.starts), midnight + minute_of_day(self.ends)

    def slots(self) -> list[Slot]:
        return slots_of(self)


class Absence(models.Model):
    availability = ParentalKey(Availability, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))

    panels = [FieldRowPanel(["first_day", "last_day"])]

    class Meta:
        verbose_name = _("absence")
        ordering = ["first_day"]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    def clean(self) -> None:
        super().clean()
        if None not in (self.first_day, self.last_day) and self.first_day > self.last_day:
            raise ValidationError({"last_day": _("This is before the first day.")})
