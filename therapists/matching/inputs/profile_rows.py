"""What profiles and diaries hold, as plain rows: no model instances, for there may be thousands."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, Model, QuerySet

from therapists.matching.engine.criteria import Fee
from therapists.models import (
    Absence,
    Availability,
    ClientGroupFee,
    TherapistConcern,
    TherapistPage,
    TherapistPrivate,
    TherapistTherapy,
)
from therapists.models.availability import WeeklyWindow
from therapists.models.registrations import Registration
from therapists.openings import AbsentDays, WeeklyPeriod

#: All that is read here.
MODELS: tuple[type[Model], ...] = (
    TherapistPage,
    TherapistPrivate,
    Availability,
    WeeklyWindow,
    Absence,
    ClientGroupFee,
    Registration,
    TherapistConcern,
    TherapistTherapy,
)
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
class ProfileRows:
    """The rows of therapists, by the key of the therapist; those of their diaries too."""

    profiles: Sequence[Any]
    registered_until: Mapping[int, date]
    concerns: Mapping[tuple[int, str], frozenset[int]]
    therapies: Mapping[tuple[int, str], frozenset[int]]
    fees: Mapping[int, dict[str, Fee]]
    week: Mapping[int, list[WeeklyPeriod]]
    away: Mapping[int, list[AbsentDays]]

    @classmethod
    def of(cls, therapists: Collection[int] | None) -> "ProfileRows":
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
            profiles=list(rows_of(TherapistPage, "pk").values_list(*_PROFILE, named=True)),
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
