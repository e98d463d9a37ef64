"""From the database to frozen candidates, in a number of queries that does not grow with the therapists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.languages import default_language, in_language
from therapists.enums import ConcernLevel, TrainingLevel
from therapists.matching.engine.criteria import Candidate, Fee
from therapists.models import Availability, TherapistPage


@dataclass(frozen=True, slots=True)
class Workload:
    """What a therapist was offered lately."""

    places_used: int = 0
    #: When the oldest of the offers that count is four weeks old.
    next_place_on: date | None = None
    last_offer_at: datetime | None = None


def load_candidates(as_of: date, workloads: Mapping[int, Workload]) -> list[Candidate]:
    """Every published therapist, once for all languages. Who may be suggested is for `eligibility` to say."""
    therapists = (
        in_language(TherapistPage.objects.published(), default_language())
        .with_registration_end()
        .select_related("availability", "private")
        .prefetch_related("concerns", "therapies", "fees", "availability__windows", "availability__absences")
        .order_by("pk")
    )
    return [_candidate(therapist, as_of, workloads.get(therapist.pk, Workload())) for therapist in therapists]


def _candidate(therapist: TherapistPage, as_of: date, workload: Workload) -> Candidate:
    diary: Availability | None = getattr(therapist, "availability", None)
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
        available_from=first_day_free(diary, as_of) if diary else None,
        places=diary.places_per_four_weeks if diary else 0,
        places_used=workload.places_used,
        next_place_on=workload.next_place_on,
        last_offer_at=workload.last_offer_at,
    )


def _keys(rows: Iterable[object], key: str, field: str, value: str) -> frozenset[int]:
    return frozenset(getattr(row, key) for row in rows if getattr(row, field) == value)


def first_day_free(diary: Availability, as_of: date) -> date:
    """Today or the day they begin, or once back if they are away then."""
    day = max(as_of, diary.starts_from or as_of)
    while absence := diary.absence(day):
        day = absence.last_day + timedelta(days=1)
    return day
