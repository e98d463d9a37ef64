"""No public profile without an in-date, verified registration."""

from django.utils import timezone

from core.visibility import withhold
from therapists.models import TherapistPage, TherapistQuerySet


def unregistered_therapists() -> TherapistQuerySet:
    return TherapistPage.objects.unregistered(on=timezone.localdate())


def withhold_unregistered_therapists() -> None:
    withhold(TherapistPage, unregistered_therapists)
