"""The input of the ranking: criteria from a visitor's answers, and candidates from the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, Model, QuerySet

from core.caching.content_memory import remembered
from core.languages import default_language, in_language
from core.visibility import each_once
from therapies.models import ConcernPage
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.enums import StartHorizon
from therapists.enquiries.free_times import Workload, workloads
from therapists.enums import ConcernLevel, TrainingLevel
from therapists.matching.engine.criteria import Candidate, Criteria, Fee
from therapists.matching.inputs.uk_time import in_uk_time
from therapists.models import Availability, ClientGroupFee, TherapistConcern, TherapistPage, TherapistTherapy
from therapists.models.availability import (
    Absence,
    Bookings,
    WeeklyWindow,
    bookings_on,
    is_confirmed,
    slots_of,
)
from therapists.models.registrations import Registration
from therapists.openings import AbsentDays, ConsultationDiary, WeeklyPeriod, first_consultation


def criteria_for(
    answers: EnquiryAnswers,
    *,
    draw_key: str,
    as_of: date,
    related: Mapping[int, frozenset[int]],
    declined_by: frozenset[int] = frozenset(),
) -> Criteria:
    start_within = answers.start_within
    return Criteria(
        draw_key=draw_key,
        main_concern=answers.main_concern,
        other_concerns=frozenset(answers.concerns) - {answers.main_concern},
        related_concerns={concern: related[concern] for concern in answers.concerns},
        therapies=frozenset(answers.approaches),
        genders=frozenset(map(str, answers.genders)),
        gender_is_essential=answers.gender_is_essential,
        languages=frozenset(map(str, answers.languages)),
        language_is_essential=answers.language_is_essential,
        formats=frozenset(map(str, answers.formats)),
        matters_most=str(answers.matters_most) if answers.matters_most else None,
        client_group=str(answers.client_group),
        slots=in_uk_time(answers.slots, answers.time_zone, as_of),
        only_these_times=answers.only_these_slots,
        start_by=as_of + timedelta(weeks=int(start_within)) if start_within else None,
        budget=answers.budget,
        budget_is_firm=answers.budget_is_firm,
        declined_by=declined_by,
        unsure_since=None if answers.concerns else bookings_on(as_of).practice_time.first_day(as_of),
    )


def related_concerns(concerns: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each concern the public ones that often come with it. One query for all."""
    related: dict[int, set[int]] = {concern: set() for concern in concerns}
    public = ConcernPage.objects.published()
    pairs = ConcernPage.adjacent.through.objects.filter(
        from_concernpage__in=related, to_concernpage__in=public
    )
    for concern, adjacent in pairs.values_list("from_concernpage_id", "to_concernpage_id"):
        related[concern].add(adjacent)
    return {concern: frozenset(adjacent) for concern, adjacent in related.items()}


@remembered
def candidates_on(day: date) -> tuple[Candidate, ...]:
    """Return all whom an answer of that day may suggest."""
    return tuple(load_candidates(day, workloads(day)))


def possible_starts(today: date) -> list[StartHorizon]:
    """Return how soon somebody who asks today can begin; all of them where nobody keeps a diary.

    The form offers nothing sooner. It asks the candidates: who makes the choice meets the same people.
    """
    firsts = [candidate.available_from for candidate in candidates_on(today) if candidate.available_from]
    if firsts:
        return [horizon for horizon in StartHorizon if min(firsts) <= today + timedelta(weeks=horizon)]
    diaries = Availability.objects.filter(therapist__in=TherapistPage.objects.published())
    return [] if diaries.exists() else list(StartHorizon)


def load_candidates(
    as_of: date, workloads: Mapping[int, Workload], only: int | None = None
) -> list[Candidate]:
    """Return every published therapist once, whatever the number of languages, or the one of this key.

    No condition is checked. Eight queries, and no model instances: there may be thousands.
    """
    therapists = in_language(each_once(TherapistPage.objects.published()), default_language())
    if only is not None:
        therapists = therapists.filter(pk=only)
    rows = _Rows.of(None if only is None else [only])
    known = bookings_on(as_of)
    profiles = therapists.order_by("pk").values_list(*_PROFILE, named=True)
    return [
        _candidate(profile, rows, as_of, workloads.get(profile.pk, Workload()), known)
        for profile in profiles.iterator(chunk_size=10_000)
    ]


_PROFILE = (
    "pk",
    "gender",
    "languages",
    "formats",
    "consultation_minutes",
    "private__insurance_expires_on",
    "availability__places_per_four_weeks",
    "availability__starts_from",
    "availability__paused_until",
    "availability__confirmed_on",
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The child rows of therapists, by the key of the therapist; those of their diaries too."""

    registered_until: Mapping[int, date]
    concerns: Mapping[tuple[int, str], frozenset[int]]
    therapies: Mapping[tuple[int, str], frozenset[int]]
    fees: Mapping[int, dict[str, Fee]]
    week: Mapping[int, list[WeeklyPeriod]]
    away: Mapping[int, list[AbsentDays]]

    @classmethod
    def of(cls, therapists: Collection[int] | None) -> "_Rows":
        """None stands for all."""

        def rows_of(model: type[Model], path: str) -> QuerySet[Any]:
            rows = model._default_manager.order_by()
            return rows if therapists is None else rows.filter(**{f"{path}__in": therapists})

        diary = "availability__therapist"
        fees: defaultdict[int, dict[str, Fee]] = defaultdict(dict)
        for pk, group, full, reduced in rows_of(ClientGroupFee, "therapist").values_list(
            "therapist", "group", "fee", "reduced_fee"
        ):
            fees[pk][group] = Fee(full=full, reduced=reduced)
        week: defaultdict[int, list[WeeklyPeriod]] = defaultdict(list)
        for pk, *period in rows_of(WeeklyWindow, diary).values_list(diary, "weekday", "starts", "ends"):
            week[pk].append(WeeklyPeriod(*period))
        away: defaultdict[int, list[AbsentDays]] = defaultdict(list)
        for pk, *days in rows_of(Absence, diary).values_list(diary, "first_day", "last_day"):
            away[pk].append(AbsentDays(*days))
        verified = rows_of(Registration, "therapist").exclude(verified_on=None)
        return cls(
            registered_until=dict(verified.values_list("therapist").annotate(Max("expires_on"))),
            concerns=_keys(rows_of(TherapistConcern, "therapist"), "level", "concern"),
            therapies=_keys(rows_of(TherapistTherapy, "therapist"), "training", "therapy"),
            fees=fees,
            week=week,
            away=away,
        )


def _keys(rows: QuerySet[Any], field: str, key: str) -> dict[tuple[int, str], frozenset[int]]:
    """Return by therapist and value of a field the keys of what the rows are about."""
    together = rows.values_list("therapist", field).annotate(keys=ArrayAgg(key))
    return {(therapist, value): frozenset(keys) for therapist, value, keys in together}


def _candidate(profile: Any, rows: _Rows, as_of: date, workload: Workload, known: Bookings) -> Candidate:
    pk, places = profile.pk, profile.availability__places_per_four_weeks or 0
    week = rows.week.get(pk, [])
    diary = ConsultationDiary(
        week=week,
        length=timedelta(minutes=profile.consultation_minutes),
        away=rows.away.get(pk, ()),
        gives_places=places > 0,
        starts_from=profile.availability__starts_from,
        paused_until=profile.availability__paused_until,
        next_place_on=known.next_places.get(pk),
        taken=known.times_taken.get(pk, ()),
    )
    first = first_consultation(diary, known.practice_time, as_of)
    none: frozenset[int] = frozenset()
    return Candidate(
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
        available_from=first.date() if first else None,
        places=places,
        places_used=workload.places_used,
        next_place_on=workload.next_place_on(places),
        last_offer_at=workload.last_offer_at,
    )


@cache
def _slots(period: WeeklyPeriod) -> tuple[tuple[int, str], ...]:
    return tuple((int(day), str(part)) for day, part in slots_of(period))
