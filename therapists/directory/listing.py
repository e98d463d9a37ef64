"""The order of the directory, and its therapists loaded for their cards.

The order is fair to therapists and the same for a visitor all day: alphabetical order, or the order of
joining, would always show the same people first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from core.caching.content_memory import remembered_by_id
from therapists.fair_draw import draw_position
from therapists.models.profiles import TherapistPage
from therapists.models.querysets import TherapistQuerySet

#: The ids of therapists, each with whether there is a place on that day.
type Acceptance = Sequence[tuple[int, bool]]


def acceptance(therapists: TherapistQuerySet, on: date) -> Acceptance:
    return list(therapists.order_by().with_acceptance(on).values_list("pk", "accepts"))


def fair_order(therapists: Iterable[tuple[int, bool]], day: date) -> list[int]:
    """Return the ids, given with whether each has a place: those with a place come first.

    Within each group, a draw that is the same for every visitor and new each day.
    """
    ordered = sorted(therapists, key=lambda row: (not row[1], draw_position(day.isoformat(), row[0])))
    return [therapist for therapist, _ in ordered]


def therapists_for_cards(ids: Sequence[int]) -> list[TherapistPage]:
    """Return the profiles in the order of their ids, with all that a card shows and that is public."""
    return list(_profiles_for_cards(ids).values())


@remembered_by_id
def _profiles_for_cards(ids: Collection[int]) -> Mapping[int, TherapistPage]:
    therapists = TherapistPage.objects.ready_for_cards().in_bulk(ids)
    for therapist in therapists.values():
        therapist.concerns = therapist.public_concerns
    return therapists


def therapists_to_compare(ids: Sequence[int]) -> list[TherapistPage]:
    """Return the profiles in the order of their ids, with what stands side by side and is public."""
    return list(_profiles_to_compare(ids).values())


@remembered_by_id
def _profiles_to_compare(ids: Collection[int]) -> Mapping[int, TherapistPage]:
    therapists = TherapistPage.objects.ready_to_compare().in_bulk(ids)
    for therapist in therapists.values():
        therapist.concerns, therapist.therapies = therapist.public_concerns, therapist.public_therapies
    return therapists
