"""How a profile looks in the API. Knows no model: `TherapistPage` names these in its `api_fields`."""

from datetime import date
from typing import Any, TypedDict

from django.utils import timezone

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys
from core.choice_labels import label_of
from core.content_api.representation.answer_types import (
    ChoiceAnswer,
    ClockTime,
    Money,
    Url,
    attribute_docstrings,
    choice,
    list_type,
    return_type,
)
from core.content_api.representation.fields import PublicField
from core.content_api.representation.links import PageLink
from therapists.enums import (
    AvailabilityStatus,
    ClientGroup,
    ConcernLevel,
    DayPart,
    RegistrationBody,
    TrainingLevel,
    Weekday,
    part_of_day,
)


class RowsField(PublicField):
    """Child rows of a profile, each as `row` shows it."""

    def to_representation(self, value: Any) -> list[Any]:
        return [self.row(row) for row in value.all()]

    def row(self, row: Any) -> Any:
        raise NotImplementedError

    def answer_type(self, model: Any) -> Any:
        return list_type(return_type(self.row))


@attribute_docstrings
class RegistrationAnswer(TypedDict):
    """Who vouches for a therapist."""

    body: ChoiceAnswer[RegistrationBody]
    grade: str | None
    number: str
    register_url: Url
    """Where anyone can look it up."""
    verified_on: date
    """The day we checked it against the register."""
    expires_on: date


class RegistrationsField(RowsField):
    """Only those that are verified and in date."""

    def to_representation(self, value: Any) -> list[RegistrationAnswer]:
        today = timezone.localdate()
        return [self.row(row) for row in value.all() if row.is_current(today)]

    def row(self, row: Any) -> RegistrationAnswer:
        return {
            "body": choice(row, "body"),
            "grade": row.grade or None,
            "number": row.number,
            "register_url": row.register_url,
            "verified_on": row.verified_on,
            "expires_on": row.expires_on,
        }


class QualificationAnswer(TypedDict):
    """What a therapist has learnt, and where."""

    title: str
    institution: str | None
    year: int | None


class QualificationsField(RowsField):
    """Degrees and trainings."""

    def row(self, row: Any) -> QualificationAnswer:
        return {"title": row.title, "institution": row.institution or None, "year": row.year}


class RowsOfPublicPagesField(RowsField):
    """Rows about pages that are not public were left out where they were read."""

    def to_representation(self, value: Any) -> list[Any]:
        answer_keys(self.context["request"]).add(NEWLY_PUBLIC)
        return super().to_representation(value)


class PractisedTherapyAnswer(TypedDict):
    """A therapy that someone practises."""

    therapy: PageLink
    training: ChoiceAnswer[TrainingLevel]


class TherapiesField(RowsOfPublicPagesField):
    """What someone practises, of the therapies that are public."""

    def row(self, row: Any) -> PractisedTherapyAnswer:
        return {"therapy": PageLink(row.therapy_id), "training": choice(row, "training")}


@attribute_docstrings
class PractisedConcernAnswer(TypedDict):
    """A concern that someone works with, or does not take."""

    concern: PageLink
    level: ChoiceAnswer[ConcernLevel]
    verified_on: date | None
    """The day we checked that they specialise in it."""


class ConcernsField(RowsOfPublicPagesField):
    """What someone works with, of the concerns that are public."""

    def row(self, row: Any) -> PractisedConcernAnswer:
        return {
            "concern": PageLink(row.concern_id),
            "level": choice(row, "level"),
            "verified_on": row.verified_on,
        }


@attribute_docstrings
class FeeAnswer(TypedDict):
    """What a session costs, in pounds."""

    group: ChoiceAnswer[ClientGroup]
    fee: Money
    """Written as text, so that no reader rounds it."""
    reduced_fee: Money | None
    """For people who cannot pay the full fee."""
    session_minutes: int


class FeesField(RowsField):
    """Whom someone sees, and at what price."""

    def row(self, row: Any) -> FeeAnswer:
        return {
            "group": choice(row, "group"),
            "fee": str(row.fee),
            "reduced_fee": None if row.reduced_fee is None else str(row.reduced_fee),
            "session_minutes": row.session_minutes,
        }


class WindowAnswer(TypedDict):
    """A time of the week at which someone works, in UK time."""

    weekday: ChoiceAnswer[Weekday]
    starts: ClockTime
    ends: ClockTime


@attribute_docstrings
class EarliestConsultationAnswer(TypedDict):
    """With the notice that the practice needs, places in use, and times that are taken."""

    day: date
    part: ChoiceAnswer[DayPart] | None
    """The part of that day, in UK time. The hour is agreed later."""


@attribute_docstrings
class AvailabilityAnswer(TypedDict):
    """Whether someone new could begin today, and when in the week. Why not is nobody's business."""

    status: ChoiceAnswer[AvailabilityStatus]
    accepts_clients: bool
    starts_from: date | None
    """Someone new could begin from this day on. None: straight away."""
    first_consultation: EarliestConsultationAnswer | None
    """The earliest that a first consultation can really be. None where it cannot be said."""
    confirmed_on: date | None
    """The day the therapist last said so."""
    windows: list[WindowAnswer]


class AvailabilityField(PublicField):
    """Whether someone new could begin today, and when in the week."""

    def to_representation(self, value: Any) -> AvailabilityAnswer:
        today = timezone.localdate()
        status = AvailabilityStatus(value.status(today))
        return {
            "status": {"key": status, "label": label_of(status)},
            "accepts_clients": value.is_accepting(today),
            "starts_from": value.starts_from,
            "first_consultation": first_consultation(value, today),
            "confirmed_on": value.confirmed_on,
            "windows": [
                {
                    "weekday": choice(window, "weekday"),
                    "starts": f"{window.starts:%H:%M}",
                    "ends": f"{window.ends:%H:%M}",
                }
                for window in value.windows.all()
            ],
        }


def first_consultation(diary: Any, today: date) -> EarliestConsultationAnswer | None:
    moment = diary.first_consultation(today)
    if moment is None:
        return None
    part = part_of_day(moment)
    return {"day": moment.date(), "part": {"key": part, "label": label_of(part)} if part else None}
