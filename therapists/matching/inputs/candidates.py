"""The candidates of the ranking: what profiles and diaries say, and what offers and bookings do to it.

Profiles are read again when they change, and no sooner: there may be thousands. What offers and bookings do
to places and times is read for every epoch: nobody is suggested whose last place was filled a moment ago.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from core.caching.content_memory import remembered, remembered_until_change_of
from core.languages import default_language, in_language
from core.visibility import each_once
from therapists.enquiries.free_times import Workload, workloads
from therapists.enquiries.models import Closure, EnquirySettings, OpeningHours
from therapists.enums import ConcernLevel, TrainingLevel
from therapists.matching.engine.criteria import Candidate
from therapists.matching.inputs.profile_rows import MODELS, ProfileRows
from therapists.models import TherapistPage
from therapists.models.availability import Bookings, bookings_on, is_confirmed, slots_of
from therapists.openings import ConsultationDiary, PracticeTime, WeeklyPeriod, first_consultation

#: What decides on an unbooked candidate. A test holds the queries against it.
DEPENDS_ON = (*MODELS, Closure, EnquirySettings, OpeningHours)


@remembered
def candidates_on(day: date) -> tuple[Candidate, ...]:
    """Return all whom an answer of that day may suggest."""
    return tuple(load_candidates(day, workloads(day)))


def load_candidates(
    as_of: date, workloads: Mapping[int, Workload], only: int | None = None
) -> list[Candidate]:
    """Return every published therapist once, whatever the number of languages, or the one of this key.

    No condition is checked. A constant number of queries, and no model instances.
    """
    therapists = in_language(each_once(TherapistPage.objects.published()), default_language())
    if only is not None:
        therapists = therapists.filter(pk=only)
    known = bookings_on(as_of)
    unbooked = unbooked_on(as_of) if only is None else _read_unbooked(as_of, [only], known.practice_time)
    published = therapists.order_by("pk").values_list("pk", flat=True)
    return [
        unbooked[pk].booked(workloads.get(pk), known, as_of) for pk in published.iterator() if pk in unbooked
    ]


@dataclass(frozen=True, slots=True)
class Unbooked:
    """A therapist as a candidate to whom nobody was sent, with the diary that bookings would change."""

    candidate: Candidate
    diary: ConsultationDiary

    def booked(self, workload: Workload | None, known: Bookings, as_of: date) -> Candidate:
        candidate = self.candidate
        next_place = known.next_places.get(candidate.therapist_id)
        taken = known.times_taken.get(candidate.therapist_id, ())
        if next_place or taken:
            diary = replace(self.diary, next_place_on=next_place, taken=taken)
            candidate = replace(candidate, available_from=_first_day(diary, known.practice_time, as_of))
        if workload:
            candidate = replace(
                candidate,
                places_used=workload.places_used,
                next_place_on=workload.next_place_on(candidate.places),
                last_offer_at=workload.last_offer_at,
            )
        return candidate


@remembered_until_change_of(*DEPENDS_ON)
def unbooked_on(day: date) -> Mapping[int, Unbooked]:
    """Return by key all therapists, published or not, as candidates without offers or bookings."""
    return _read_unbooked(day, None, bookings_on(day).practice_time)


def _read_unbooked(
    as_of: date, therapists: Collection[int] | None, practice: PracticeTime
) -> Mapping[int, Unbooked]:
    """None stands for all."""
    rows = ProfileRows.of(therapists)
    return {profile.pk: _unbooked(profile, rows, as_of, practice) for profile in rows.profiles}


def _unbooked(profile: Any, rows: ProfileRows, as_of: date, practice: PracticeTime) -> Unbooked:
    pk, places = profile.pk, profile.availability__places_per_four_weeks or 0
    week = rows.week.get(pk, ())
    diary = ConsultationDiary(
        week=week,
        length=timedelta(minutes=profile.consultation_minutes),
        away=rows.away.get(pk, ()),
        gives_places=places > 0,
        starts_from=profile.availability__starts_from,
        paused_until=profile.availability__paused_until,
    )
    none: frozenset[int] = frozenset()
    candidate = Candidate(
        therapist_id=pk,
        registered_until=rows.registered_until.get(pk),
        insured_until=profile.private__insurance_expires_on,
        paused_until=diary.paused_until,
        specialisms=rows.concerns.get((pk, ConcernLevel.SPECIALISM), none),
        works_with=rows.concerns.get((pk, ConcernLevel.WORKS_WITH), none),
        does_not_take=rows.concerns.get((pk, ConcernLevel.DOES_NOT_TAKE), none),
        fully_trained=rows.therapies.get((pk, TrainingLevel.FULL), none),
        partly_trained=rows.therapies.get((pk, TrainingLevel.PARTIAL), none),
        gender=profile.gender,
        languages=frozenset(profile.languages),
        formats=frozenset(profile.formats),
        fees=rows.fees.get(pk, {}),
        slots=frozenset(slot for period in week for slot in _slots(period)),
        diary_is_confirmed=is_confirmed(profile.availability__confirmed_on, as_of),
        available_from=_first_day(diary, practice, as_of),
        places=places,
    )
    return Unbooked(candidate, diary)


def _first_day(diary: ConsultationDiary, practice: PracticeTime, as_of: date) -> date | None:
    first = first_consultation(diary, practice, as_of)
    return first.date() if first else None


@cache
def _slots(period: WeeklyPeriod) -> tuple[tuple[int, str], ...]:
    return tuple((int(day), str(part)) for day, part in slots_of(period))
