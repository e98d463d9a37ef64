"""What becomes of enquiries when a therapist leaves: nothing of theirs waits for someone who is gone."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from therapists.enquiries.access.team import may_handle
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, FollowUpKind, Offer
from therapists.enquiries.services.lifecycle import WITH_THERAPIST, move
from therapists.models import Departure, PeopleIntroduced, TherapistPage

#: The two know each other: it is theirs to say whether they go on.
INTRODUCED = WITH_THERAPIST - {State.ACCEPTED, State.NOT_STARTED}


def take_back_from_whoever_leaves() -> None:
    post_save.connect(_departed, sender=Departure)


def _departed(instance: Departure, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        take_back(instance)


@transaction.atomic
def take_back(departure: Departure) -> None:
    """Have a person read again what they were offered or had accepted, and those who look for someone else.

    Whoever stays with them is left alone. The team has a task about each.
    """
    pages = set(TherapistPage.objects.same_person_as(departure.therapist).values_list("pk", flat=True))
    offered = Offer.objects.live().filter(therapist__in=pages).values("enquiry")
    held = Enquiry.objects.filter(therapist__in=pages, state__in=[State.ACCEPTED, *INTRODUCED])
    looks_again = departure.people_introduced == PeopleIntroduced.LOOK_AGAIN
    for key in {*offered.values_list("enquiry", flat=True), *held.values_list("pk", flat=True)}:
        _hand_back(key, pages, looks_again)


def _hand_back(enquiry_id: UUID, pages: set[int], looks_again: bool) -> None:
    enquiry = Enquiry.objects.locked(enquiry_id)
    has_offer = enquiry.offers.live().filter(therapist__in=pages).exists()
    if not has_offer and enquiry.therapist_id not in pages:
        return  # it went to someone else meanwhile
    enquiry.follow_ups.get_or_create(kind=FollowUpKind.THERAPIST_LEFT, done_at=None)
    was_introduced = enquiry.state == State.INTRODUCED
    if enquiry.state in INTRODUCED and not (was_introduced and looks_again):
        return
    user = get_active_log_context().user
    by = user if user and may_handle(user) else None
    move(enquiry_id, State.REVIEW, by=by, reason=_("The therapist has left the practice."))
