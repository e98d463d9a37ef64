"""When therapists are free for a first consultation, and the places that they have. Only reads:
`services.consultations` takes the times.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Consultation,
    Enquiry,
    Offer,
    OfferState,
    UnansweredOffer,
    consultation_time,
)
from therapists.enquiries.services.lifecycle import DEADLINES
from therapists.enquiries.working_time import working_time
from therapists.models import Availability, TherapistPage
from therapists.models.availability import bookings_on
from therapists.openings import Period, PracticeTime

#: Places are counted over four weeks.
COUNTED_FOR = timedelta(weeks=4)
#: Every weekday once.
DAYS_OFFERED = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def practice_time() -> PracticeTime:
    """Return the notice that the practice needs, and when it is closed. One query."""
    hours = working_time()

    @cache
    def first_day_after(asked_on: date) -> date:
        released = hours.after(_midnight(asked_on + ONE_DAY), _notice() / ONE_DAY * hours.day)
        return timezone.localdate(released) + ONE_DAY

    return PracticeTime(first_day_after, hours.is_closed_on)


def first_day(today: date) -> date:
    """Return the first day that is offered to someone who asks today. One query.

    By then a person has read the enquiry, a therapist has said yes and a person has released the
    introduction, even where each takes all the time that they have: it is counted as their deadlines are, in
    the practice's working time. A time offered over a weekend or at Christmas would pass before it is theirs.
    """
    return practice_time().first_day(today)


def _notice() -> timedelta:
    """Return all that may pass until an introduction is released. A day is a working day."""
    reading = [DEADLINES[state] for state in (State.RECEIVED, State.REVIEW, State.SHORTLISTED)]
    answering = timedelta(hours=settings.ENQUIRY_OFFER_HOURS)
    return sum(reading, start=answering + DEADLINES[State.ACCEPTED])


def times_taken(since: date) -> Mapping[int, Sequence[Period]]:
    """Return by therapist what is booked from a day on. One query."""
    taken: defaultdict[int, list[Period]] = defaultdict(list)
    rows = Consultation.objects.taken().filter(during__endswith__gt=_midnight(since))
    for therapist, during in rows.order_by().values_list("therapist", "during"):
        taken[therapist].append((during.lower, during.upper))
    return taken


def open_times(therapists: Collection[int], today: date) -> list[datetime]:
    """Return a week's moments at which one of them is free, the first one that can really be first.

    A constant number of queries.
    """
    diaries = (
        Availability.objects.filter(therapist__in=therapists)
        .select_related("therapist")
        .prefetch_related("windows", "absences")
    )
    known = bookings_on(today)
    moments = sorted({moment for diary in diaries for moment in diary.consultations(today, known)})
    if not moments:
        return []
    last_day = moments[0].date() + DAYS_OFFERED - ONE_DAY
    return [moment for moment in moments if moment.date() <= last_day]


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


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Workload:
    """The recent offers to one therapist."""

    #: When each offer that uses a place will count no more, in order.
    frees_on: tuple[date, ...] = ()
    last_offer_at: datetime | None = None

    @property
    def places_used(self) -> int:
        return len(self.frees_on)

    def next_place_on(self, places: int) -> date | None:
        """Return when a place is free again, of so many; None where one is, or where they give none.

        Offers can use more places than there are, for the number may be lowered: then several end first.
        """
        if not 0 < places <= self.places_used:
            return None
        return self.frees_on[self.places_used - places]

    def with_more(self, more: "Workload") -> "Workload":
        moments = [moment for moment in (self.last_offer_at, more.last_offer_at) if moment]
        return Workload(tuple(sorted(self.frees_on + more.frees_on)), max(moments, default=None))


def workloads(as_of: date) -> dict[int, Workload]:
    """Return by therapist the places that offers use up. One query."""
    return {therapist: load for therapist, (load, _places) in _loads_and_places(as_of).items()}


def _loads_and_places(as_of: date) -> dict[int, tuple[Workload, int]]:
    """Return by therapist the places that offers use up, and those that there are. One query.

    An offer of the last four weeks uses one that is open or was accepted, and so does one that was not
    answered, for as long as the setting says.
    """
    today = _midnight(as_of)
    places = Coalesce(Max("therapist__availability__places_per_four_weeks"), 0)
    recent = Q(state__in=[OfferState.LIVE, OfferState.ACCEPTED], made_at__gte=today - COUNTED_FOR)
    answered = (
        Offer.objects.order_by()
        .values("therapist")
        .annotate(
            counted=ArrayAgg("made_at", filter=recent, default=[]),
            latest=Max("made_at"),
            places=places,
            is_silent=Value(False),
        )
    )
    silence_counts = timedelta(days=settings.ENQUIRY_UNANSWERED_USES_PLACE_DAYS)
    silent = (
        UnansweredOffer.objects.filter(offered_at__gte=today - silence_counts)
        .order_by()
        .values("therapist")
        .annotate(
            counted=ArrayAgg("offered_at"), latest=Max("offered_at"), places=places, is_silent=Value(True)
        )
    )
    found: dict[int, tuple[Workload, int]] = {}
    for row in answered.union(silent, all=True).order_by():
        counted_for = silence_counts if row["is_silent"] else COUNTED_FOR
        # Whole days are counted: on the last of them, it still uses the place.
        frees = sorted(timezone.localdate(moment) + counted_for + ONE_DAY for moment in row["counted"])
        known, _places = found.get(row["therapist"], (Workload(), 0))
        found[row["therapist"]] = known.with_more(Workload(tuple(frees), row["latest"])), row["places"]
    return found


def next_places(as_of: date) -> Mapping[int, date]:
    """Return when the next place frees, of each therapist whose places are all in use. One query."""
    known = _loads_and_places(as_of).items()
    days = {therapist: load.next_place_on(places) for therapist, (load, places) in known}
    return {therapist: day for therapist, day in days.items() if day}
