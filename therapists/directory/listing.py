"""Therapists in the order of the day, loaded for their cards."""

from collections.abc import Sequence
from datetime import date

from therapists.directory.ordering import fair_order
from therapists.models.profiles import TherapistPage
from therapists.models.querysets import TherapistQuerySet


def ids_in_fair_order(therapists: TherapistQuerySet, on: date) -> list[int]:
    return fair_order(therapists.order_by().with_acceptance(on).values_list("pk", "accepts"), on)


def cards(ids: Sequence[int]) -> list[TherapistPage]:
    """The profiles in the order of their ids."""
    profiles = TherapistPage.objects.ready_for_cards().in_bulk(ids)
    return [profiles[pk] for pk in ids if pk in profiles]
