"""When therapists are free for a first consultation, for a visitor to choose from."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.services.diary import during, is_free, taken
from therapists.enquiries.services.lifecycle import DEADLINES
from therapists.models import Availability

#: Every weekday once.
DAYS_OFFERED = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def first_day(today: date) -> date:
    """By then a person has read it, a therapist has said yes and a person has released the introduction,
    even where each takes all the time that they have."""
    reading = [DEADLINES[state] for state in (State.RECEIVED, State.REVIEW, State.SHORTLISTED)]
    answering = timedelta(hours=settings.ENQUIRY_OFFER_HOURS)
    waits = sum(reading, start=answering + DEADLINES[State.ACCEPTED])
    return (datetime.combine(today + ONE_DAY, time.min) + waits).date()


def open_times(therapists: Collection[int], today: date) -> list[datetime]:
    """Every moment in a week's days at which one of them is free. A constant number of queries."""
    begins = first_day(today)
    ends = begins + DAYS_OFFERED - ONE_DAY
    diaries = (
        Availability.objects.filter(therapist__in=therapists)
        .select_related("therapist")
        .prefetch_related("windows", "absences")
    )
    booked = taken(therapists, _midnight(begins), _midnight(ends + ONE_DAY))
    return sorted(
        {
            start
            for diary in diaries
            for start in _beginnings(diary, begins, ends)
            if is_free(during(diary.therapist, start), booked[diary.therapist_id])
        }
    )


def _beginnings(diary: Availability, begins: date, ends: date) -> Iterator[datetime]:
    length = timedelta(minutes=diary.therapist.consultation_minutes)
    for opening in diary.openings(begins, ends):
        for start in opening.beginnings(length):
            yield timezone.make_aware(start)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
