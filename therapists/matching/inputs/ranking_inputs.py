"""The input of the ranking: criteria from a visitor's answers, and candidates from the database."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from core.languages import default_language, in_language
from therapies.models import ConcernPage
from therapists.enquiries.answers import EnquiryAnswers
from therapists.enquiries.free_times import Workload
from therapists.enums import ConcernLevel, TrainingLevel
from therapists.matching.engine.criteria import Candidate, Criteria, Fee
from therapists.matching.inputs.uk_time import in_uk_time
from therapists.models import Availability, TherapistPage
from therapists.models.availability import Bookings, bookings_on


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


def load_candidates(
    as_of: date, workloads: Mapping[int, Workload], only: int | None = None
) -> list[Candidate]:
    """Return every published therapist once, whatever the number of languages, or the one of this key.

    No condition is checked.
    """
    therapists = (
        in_language(TherapistPage.objects.published(), default_language())
        .with_registration_end()
        .select_related("availability", "private")
        .prefetch_related("concerns", "therapies", "fees", "availability__windows", "availability__absences")
        .order_by("pk")
    )
    if only is not None:
        therapists = therapists.filter(pk=only)
    known = bookings_on(as_of)
    return [
        _candidate(therapist, as_of, workloads.get(therapist.pk, Workload()), known)
        for therapist in therapists
    ]


def _candidate(therapist: TherapistPage, as_of: date, workload: Workload, known: Bookings) -> Candidate:
    diary: Availability | None = getattr(therapist, "availability", None)
    first = diary.first_consultation(as_of, known) if diary else None
    places = diary.places_per_four_weeks if diary else 0
    private = getattr(therapist, "private", None)
    return Candidate(
        therapist_id=therapist.pk,
        registered_until=therapist.registered_until,
        insured_until=private.insurance_expires_on if private else None,
        paused_until=diary.paused_until if diary else None,
        specialisms=_keys(therapist.concerns.all(), "concern_id", "level", ConcernLevel.SPECIALISM),
        works_with=_keys(therapist.concerns.all(), "concern_id", "level", ConcernLevel.WORKS_WITH),
        does_not_take=_keys(therapist.concerns.all(), "concern_id", "level", ConcernLevel.DOES_NOT_TAKE),
        fully_trained=_keys(therapist.therapies.all(), "therapy_id", "training", TrainingLevel.FULL),
        partly_trained=_keys(therapist.therapies.all(), "therapy_id", "training", TrainingLevel.PARTIAL),
        gender=therapist.gender,
        languages=frozenset(therapist.languages),
        formats=frozenset(therapist.formats),
        fees={row.group: Fee(full=row.fee, reduced=row.reduced_fee) for row in therapist.fees.all()},
        slots=frozenset((int(day), str(part)) for day, part in diary.slots()) if diary else frozenset(),
        diary_is_confirmed=diary.is_confirmed(as_of) if diary else False,
        available_from=first.date() if first else None,
        places=places,
        places_used=workload.places_used,
        next_place_on=workload.next_place_on(places),
        last_offer_at=workload.last_offer_at,
    )


def _keys(rows: Iterable[object], key: str, field: str, value: str) -> frozenset[int]:
    return frozenset(getattr(row, key) for row in rows if getattr(row, field) == value)
