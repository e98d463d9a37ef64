"""Change what a visitor told, by themselves: what they look for until a therapist knows who they are, and how
to reach them until it is over."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from core.outbox import SendingState
from home.urgent_words import urgent_groups
from therapists.enquiries.answers import ContactDetails, Told
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    ConsultationState,
    Enquiry,
    FollowUpKind,
    MessageKind,
    OfferState,
)
from therapists.enquiries.services.lateness import ask_to_read
from therapists.enquiries.services.lifecycle import may_move, move
from therapists.enquiries.services.submit import (
    published_choice,
    replace_preferred_times,
    set_columns,
    set_rows,
)

#: Nothing was decided on the answers yet: a change only updates them.
UNDECIDED = frozenset({State.RECEIVED, State.SAFETY_HOLD, State.REVIEW})
#: Something was: a person reads the new answers before anything more happens.
DECIDED = frozenset(
    {
        State.SHORTLISTED,
        State.OFFERED,
        State.ACCEPTED,
        State.NO_MATCH,
        State.ALTERNATIVES,
        State.WAITLIST,
    }
)
#: A therapist knows who they are, and has to reach them. From the start on they tell each other.
KNOWN = frozenset({State.INTRODUCED, State.CONSULTED})


class TooLate(Exception):
    """They have been introduced, or it is over."""


def may_change(enquiry: Enquiry) -> bool:
    return enquiry.state in UNDECIDED | DECIDED


def may_change_contact(enquiry: Enquiry) -> bool:
    return enquiry.state in UNDECIDED | DECIDED | KNOWN and enquiry.erasure_asked_at is None


@transaction.atomic
def change_answers(enquiry_id: UUID, alter: Callable[[Told], Told]) -> Told | None:
    """Store what is altered of what was told, and leave a task that says only that something was.

    Return what was told before, or None where nothing is altered. Raise TooLate where the enquiry has gone
    too far for it. An offer made on the old answers is taken back; a new way to be reached, other words or
    another time to meet take back nothing but a time that is held and no longer suits.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    before = enquiry.told()
    after = alter(before)
    if after == before:
        return None
    is_contact_alone = replace(after, contact=before.contact) == before
    if not (may_change(enquiry) or (is_contact_alone and may_change_contact(enquiry))):
        raise TooLate
    _store(enquiry, before, after)
    enquiry.follow_ups.get_or_create(kind=FollowUpKind.CHANGED_BY_VISITOR, done_at=None)
    _tell(enquiry, before.contact, after.contact)
    _decide_anew(enquiry, before, after)
    return before


def is_looking_otherwise(before: Told, after: Told) -> bool:
    """Whether somebody else may suit them now, or they asked about somebody else."""
    return (before.answers, before.chosen_therapist) != (after.answers, after.chosen_therapist)


def _store(enquiry: Enquiry, before: Told, after: Told) -> None:
    if after.preferred_times != before.preferred_times:
        replace_preferred_times(enquiry, after.preferred_times)
        no_longer_suit = enquiry.consultations.held().exclude(during__startswith__in=after.preferred_times)
        no_longer_suit.update(state=ConsultationState.RELEASED)
    enquiry.contact = after.contact
    enquiry.free_text = after.free_text
    if after.chosen_therapist != before.chosen_therapist:
        enquiry.chosen_therapist = published_choice(after.chosen_therapist)
    set_columns(enquiry, after.answers)
    enquiry.save()
    set_rows(enquiry, after.answers, before.answers)


def _tell(enquiry: Enquiry, before: ContactDetails, after: ContactDetails) -> None:
    if after.may_be_emailed and after.email != before.email:
        # Whoever mistyped their address never had the link to this page.
        queue_message(enquiry, MessageKind.ACKNOWLEDGEMENT)
    if after == before or enquiry.state not in KNOWN:
        return
    waiting = enquiry.messages.filter(kind=MessageKind.CONTACT_CHANGED, state=SendingState.QUEUED)
    accepted = enquiry.offers.filter(therapist=enquiry.therapist, state=OfferState.ACCEPTED)
    if not waiting.exists() and (offer := accepted.order_by("made_at").last()):
        queue_message(enquiry, MessageKind.CONTACT_CHANGED, offer=offer)


def _decide_anew(enquiry: Enquiry, before: Told, after: Told) -> None:
    new_words = [words for words in after.own_words if words not in before.own_words]
    may_be_at_risk = bool(urgent_groups("\n".join(new_words)))
    looks_otherwise = is_looking_otherwise(before, after)
    if may_be_at_risk:
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.READ_FOR_SAFETY, done_at=None)
    if may_be_at_risk and may_move(State(enquiry.state), State.SAFETY_HOLD):
        move(enquiry.pk, State.SAFETY_HOLD)
    elif looks_otherwise and enquiry.state in DECIDED:
        move(enquiry.pk, State.REVIEW)
    if may_be_at_risk:
        ask_to_read(Enquiry.objects.get(pk=enquiry.pk))
    if looks_otherwise:
        enquiry.shortlist.all().delete()
