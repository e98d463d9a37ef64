"""The availability of the sample therapists, which is stored beside their pages."""

from datetime import date, time, timedelta

from demo.builder.sample_content import SAMPLE
from new_practice.loading.content_files import Record, named
from therapists.enums import Weekday
from therapists.models import Absence, Availability, TherapistPage, WeeklyWindow


def build_availability(today: date) -> None:
    for slug, person in SAMPLE.records("therapists").items():
        _build(named(TherapistPage, slug=slug), person["availability"], today)


def _build(therapist: TherapistPage, entry: Record, today: date) -> None:
    availability, _ = Availability.objects.update_or_create(
        therapist=therapist,
        defaults={
            "places_per_four_weeks": entry["places_per_four_weeks"],
            "confirmed_on": today - timedelta(days=entry["confirmed_days_ago"]),
            "starts_from": _after(today, entry.get("starts_in_days")),
            "paused_until": _after(today, entry.get("paused_for_days")),
        },
    )
    availability.windows = [_window(text) for text in entry["windows"]]
    availability.absences = [
        Absence(
            first_day=today + timedelta(days=absence["starts_in_days"]),
            last_day=today + timedelta(days=absence["ends_in_days"]),
        )
        for absence in entry.get("absences", [])
    ]
    availability.save()


def _after(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _window(text: str) -> WeeklyWindow:
    """Parse a window such as “mon 17:00-20:30”."""
    day, hours = text.split()
    starts, ends = hours.split("-")
    weekday = next(weekday for weekday in Weekday if weekday.name.lower().startswith(day))
    return WeeklyWindow(weekday=weekday, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))
