"""Change what a visitor looks for, or how to reach them, until a therapist knows who they are."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from home.urgent_words import urgent_groups
from therapists.enquiries.answers import ContactDetails, EnquiryAnswers
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import ConsultationState, Enquiry, FollowUpKind, MessageKind
from therapists.enquiries.services.lateness import ask_to_read
from therapists.enquiries.services.lifecycle import may_move, move
from therapists.enquiries.services.submit import replace_preferred_times, set_columns, set_rows

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


class TooLate(Exception):
    """They have been introduced, or it is over."""


def may_change(enquiry: Enquiry) -> bool:
    return enquiry.state in UNDECIDED | DECIDED


@transaction.atomic
def change_answers(
    enquiry_id: UUID,
    answers: EnquiryAnswers,
    contact: ContactDetails,
    preferred_times: Collection[datetime],
) -> bool:
    """Store what changed, and leave a task that says only that it did. Return whether the match may differ.

    Raise TooLate where the enquiry has gone too far. Concerns stay as they were. An offer made on the old
    answers is taken back; a new way to be reached or another time to meet takes back nothing but a time that
    is held and no longer suits.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    if not may_change(enquiry):
        raise TooLate
    has_new_wishes = answers != enquiry.answers()
    before = enquiry.contact
    given_before = enquiry.preferred_times.to_come().values_list("starts", flat=True)
    has_new_times = set(preferred_times) != set(given_before)
    if not has_new_wishes and not has_new_times and contact == before:
        return False
    if has_new_times:
        replace_preferred_times(enquiry, preferred_times)
        no_longer_suit = enquiry.consultations.held().exclude(during__startswith__in=preferred_times)
        no_longer_suit.update(state=ConsultationState.RELEASED)
    enquiry.contact = contact
    set_columns(enquiry, answers)
    enquiry.save()
    set_rows(enquiry, answers, is_new=False)
    enquiry.follow_ups.get_or_create(kind=FollowUpKind.CHANGED_BY_VISITOR, done_at=None)
    if contact.may_be_emailed and contact.email != before.email:
        # Whoever mistyped their address never had the link to this page.
        queue_message(enquiry, MessageKind.ACKNOWLEDGEMENT)
    may_be_at_risk = contact.contact_notes != before.contact_notes and bool(
        urgent_groups(contact.contact_notes)
    )
    if may_be_at_risk:
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.READ_FOR_SAFETY, done_at=None)
    if may_be_at_risk and may_move(State(enquiry.state), State.SAFETY_HOLD):
        move(enquiry_id, State.SAFETY_HOLD)
    elif has_new_wishes and enquiry.state in DECIDED:
        move(enquiry_id, State.REVIEW)
    if may_be_at_risk:
        ask_to_read(Enquiry.objects.get(pk=enquiry_id))
    if has_new_wishes:
        enquiry.shortlist.all().delete()
    return has_new_wishes
