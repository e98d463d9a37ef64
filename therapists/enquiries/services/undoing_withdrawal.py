"""A visitor who withdrew may think again for a day: people press the wrong button, and bad evenings pass."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import Enquiry, FollowUpKind, MessageKind, StateChange
from therapists.enquiries.services.lifecycle import NotAllowed, enter

TIME_TO_UNDO = timedelta(days=1)


def may_undo_until(enquiry: Enquiry) -> datetime | None:
    """Return until when withdrawing may be undone; None where it may not."""
    if enquiry.state != State.WITHDRAWN or enquiry.erasure_asked_at:
        return None
    until = enquiry.state_since + TIME_TO_UNDO
    return until if until > timezone.now() else None


@transaction.atomic
def undo_withdrawal(enquiry_id: UUID) -> Enquiry:
    """Let a person read it once more, whatever was decided before. Raise NotAllowed where it is too late.

    Offers and times were given back when it was withdrawn: they do not come back by themselves.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    is_unread = enquiry.follow_ups.unread_for_safety().exists()
    after = State.SAFETY_HOLD if is_unread else State.REVIEW
    if may_undo_until(enquiry) is None:
        raise NotAllowed(State(enquiry.state), after)
    enter(enquiry, after)
    enquiry.save(update_fields=["state", "state_since", "deadline", "owner"])
    StateChange.objects.create(enquiry=enquiry, before=State.WITHDRAWN, after=after)
    enquiry.follow_ups.get_or_create(kind=FollowUpKind.CHANGED_BY_VISITOR, done_at=None)
    told = enquiry.messages.filter(kind=MessageKind.NEW_ENQUIRY)
    if not told.exclude(state=SendingState.CANCELLED).exists():
        queue_message(enquiry, MessageKind.NEW_ENQUIRY)
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.UPDATE)
    return enquiry
