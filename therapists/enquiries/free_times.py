"""When therapists are free for a first consultation. Only reads: `services.consultations` takes the times."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import Consultation, Enquiry, consultation_time
from therapists.enquiries.services.lifecycle import DEADLINES
from therapists.enquiries.working_time import working_time
from therapists.models import Availability, TherapistPage

#: Every weekday once.
DAYS_OFFERED = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def first_day(today: date) -> date:
    """Return the first day that is offered. Three queries.

    By then a person has read the enquiry, a therapist has said yes and a person has released the
    introduction, even where each takes all the time that they have: it is counted as their deadlines are, in
    the practice's working time. A time offered over a weekend or at Christmas would pass before it is theirs.
    """
    reading = [DEADLINES[state] for state in (State.RECEIVED, State.REVIEW, State.SHORTLISTED)]
    answering = timedelta(hours=settings.ENQUIRY_OFFER_HOURS)
    waits = sum(reading, start=answering + DEADLINES[State.ACCEPTED])
    hours = working_time()
    released = hours.after(_midnight(today + ONE_DAY), waits / ONE_DAY * hours.day)
    return timezone.localdate(released) + ONE_DAY


def open_times(therapists: Collection[int], today: date) -> list[datetime]:
    """Return every moment in a week's days at which one of them is free. A constant number of queries."""
    begins = first_day(today)
    ends = begins + DAYS_OFFERED - ONE_DAY
    diaries = (
        Availability.objects.filter(therapist__in=therapists)
        .select_related("therapist")
        .prefetch_related("windows", "absences")
    )
    booked = _booked(therapists, _midnight(begins), _midnight(ends + ONE_DAY))
    return sorted(
        {
            start
            for diary in diaries
            for start in _start_times(diary, begins, ends)
            if _is_free(consultation_time(diary.therapist, start), booked[diary.therapist_id])
        }
    )


def preferred_and_free(enquiry: Enquiry, therapist: TherapistPage) -> list[datetime]:
    """Return the visitor's preferred times that are still to come and free in the therapist's diary."""
    starts = list(enquiry.preferred_times.to_come().values_list("starts", flat=True))
    if not starts:
        return []
    ends = consultation_time(therapist, starts[-1]).upper
    booked = _booked([therapist.pk], starts[0], ends)[therapist.pk]
    return [start for start in starts if _is_free(consultation_time(therapist, start), booked)]


def _booked(
    therapists: Collection[int], starts: datetime, ends: datetime
) -> dict[int, list[DateTimeTZRange]]:
    """Return what is booked already between the two moments, by therapist. One query."""
    booked: dict[int, list[DateTimeTZRange]] = {therapist: [] for therapist in therapists}
    rows = Consultation.objects.taken().filter(
        therapist__in=therapists, during__overlap=DateTimeTZRange(starts, ends)
    )
    for therapist, during in rows.values_list("therapist", "during"):
        booked[therapist].append(during)
    return booked


def _is_free(during: DateTimeTZRange, booked: Iterable[DateTimeTZRange]) -> bool:
    return all(during.upper <= other.lower or other.upper <= during.lower for other in booked)


def _start_times(diary: Availability, begins: date, ends: date) -> Iterator[datetime]:
    length = timedelta(minutes=diary.therapist.consultation_minutes)
    for opening in diary.openings(begins, ends):
        for start in opening.start_times(length):
            yield timezone.make_aware(start)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
