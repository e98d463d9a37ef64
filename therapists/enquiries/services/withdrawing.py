"""Taking consent back: nothing more is done with the enquiry, and it is erased before long."""

from uuid import UUID

from django.db import transaction

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, MessageState
from therapists.enquiries.services.lifecycle import locked, move


@transaction.atomic
def withdraw(enquiry_id: UUID) -> Enquiry:
    waiting = locked(enquiry_id).messages.filter(state=MessageState.QUEUED)
    waiting.update(state=MessageState.CANCELLED)
    return move(enquiry_id, State.WITHDRAWN)
