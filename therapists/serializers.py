"""How a profile looks in the API. Knows no model: `TherapistPage` names these in its `api_fields`."""

from typing import Any

from django.utils import timezone
from rest_framework.fields import Field

from home.api.links import PageLink
from therapists.enums import AvailabilityStatus


class RowsField(Field):
    """Child rows of a profile, each as a plain object."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        return [self.row(row) for row in value.all()]

    def row(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError


class RegistrationsField(RowsField):
    """Only those that are verified and in date."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        today = timezone.localdate()
        return [self.row(row) for row in value.all() if row.is_current(today)]

    def row(self, row: Any) -> dict[str, Any]:
        return {
            "body": {"key": row.body, "label": row.get_body_display()},
            "grade": row.grade or None,
            "number": row.number,
            "register_url": row.register_url,
            "verified_on": row.verified_on,
            "expires_on": row.expires_on,
        }


class QualificationsField(RowsField):
    def row(self, row: Any) -> dict[str, Any]:
        return {"title": row.title, "institution": row.institution or None, "year": row.year}


class TherapiesField(RowsField):
    def row(self, row: Any) -> dict[str, Any]:
        return {
            "therapy": PageLink(row.therapy_id),
            "training": {"key": row.training, "label": row.get_training_display()},
        }


class ConcernsField(RowsField):
    def row(self, row: Any) -> dict[str, Any]:
        return {
            "concern": PageLink(row.concern_id),
            "level": {"key": row.level, "label": row.get_level_display()},
            "verified_on": row.verified_on,
        }


class FeesField(RowsField):
    """In pounds. Numbers are written as text, so that no reader rounds them."""

    def row(self, row: Any) -> dict[str, Any]:
        return {
            "group": {"key": row.group, "label": row.get_group_display()},
            "fee": str(row.fee),
            "reduced_fee": None if row.reduced_fee is None else str(row.reduced_fee),
            "session_minutes": row.session_minutes,
        }


class AvailabilityField(Field):
    """Whether someone new could begin today, and when in the week. Why not is nobody's business."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        today = timezone.localdate()
        status = AvailabilityStatus(value.status(today))
        return {
            "status": {"key": status.value, "label": str(status.label)},
            "accepts_clients": value.is_accepting(today),
            "starts_from": value.starts_from,
            "confirmed_on": value.confirmed_on,
            "windows": [
                {
                    "weekday": {"key": window.weekday, "label": window.get_weekday_display()},
                    "starts": f"{window.starts:%H:%M}",
                    "ends": f"{window.ends:%H:%M}",
                }
                for window in value.windows.all()
            ],
        }
