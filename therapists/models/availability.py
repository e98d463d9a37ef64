"""When a therapist can see new clients. A model of its own: it changes weekly, without publishing a page."""

from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, InlinePanel

from therapists.enums import DAY_PART_HOURS, AvailabilityStatus, PausedBy, Slot, Weekday
from therapists.forms import AvailabilityForm
from therapists.openings import AbsentDays, Opening, WeeklyPeriod, next_opening, openings

#: A diary not confirmed for this long counts half in matching.
CONFIRMED_FOR = timedelta(days=21)
MINUTES_OF_DAY = 24 * 60


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def accepting_clients(self, on: date) -> "AvailabilityQuerySet":
        """Have a place, have begun, are neither paused nor away. As `is_accepting` of one diary."""
        away = Absence.objects.filter(first_day__lte=on, last_day__gte=on)
        return (
            self.filter(places_per_four_weeks__gt=0)
            .exclude(paused_until__gt=on)
            .exclude(starts_from__gt=on)
            .exclude(pk__in=away.values("availability"))
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

    def status(self, on: date) -> AvailabilityStatus:
        if self.is_paused(on):
            return AvailabilityStatus.PAUSED
        if self.places_per_four_weeks == 0:
            return AvailabilityStatus.FULL
        if self.starts_from is not None and self.starts_from > on:
            return AvailabilityStatus.LATER
        if self.absence(on):
            return AvailabilityStatus.AWAY
        return AvailabilityStatus.OPEN

    def is_accepting(self, on: date) -> bool:
        """Return whether they could take a new client on that day."""
        return self.status(on) == AvailabilityStatus.OPEN

    def next_opening(self, on: date) -> Opening | None:
        """Return the next opening for a first consultation; None without a place."""
        if self.places_per_four_weeks == 0:
            return None
        waits = [self.starts_from, self.paused_until]
        return next_opening(self._week(), self._away(), as_of=on, not_before=waits)

    def openings(self, first_day: date, last_day: date) -> list[Opening]:
        """Return every opening for a first consultation on these days, booked or not."""
        if self.places_per_four_weeks == 0:
            return []
        begins = max([first_day, *filter(None, [self.starts_from, self.paused_until])])
        return list(openings(self._week(), self._away(), begins, last_day))

    def _week(self) -> list[WeeklyPeriod]:
        return [WeeklyPeriod(window.weekday, window.starts, window.ends) for window in self.windows.all()]

    def _away(self) -> list[AbsentDays]:
        return [AbsentDays(absence.first_day, absence.last_day) for absence in self.absences.all()]

    def is_confirmed(self, on: date) -> bool:
        return self.confirmed_on is not None and on - self.confirmed_on <= CONFIRMED_FOR

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
        return [
            (Weekday(self.weekday), part)
            for part, (start, end) in DAY_PART_HOURS.items()
            if self.starts < end and self.ends > start
        ]


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
