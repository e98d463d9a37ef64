"""E-mails that came back after the mail server had taken them: a person's task."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.models import Enquiry, FollowUp, FollowUpKind, MailFault, OutgoingMessage
from therapists.models import TherapistPrivate

#: What comes back does so within days.
COMES_BACK_WITHIN = timedelta(days=7)
_OUR_MESSAGE_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


def record_bounce(address: str, message_id: str = "") -> bool:
    """Mark the e-mail that came back as failed, with a task. Return whether it was found.

    Where the provider does not tell our Message-ID, it is the latest that was sent to the address. No address
    is stored with an e-mail, so each is looked at.
    """
    key = _key_in(message_id) or _latest_to(address)
    return key is not None and _fail(key)


def _key_in(message_id: str) -> UUID | None:
    found = _OUR_MESSAGE_ID.match(message_id)
    return UUID(found[1]) if found else None


def _latest_to(address: str) -> UUID | None:
    if not address:
        return None
    sent = OutgoingMessage.objects.filter(
        state=SendingState.SENT, sent_at__gte=timezone.now() - COMES_BACK_WITHIN
    )
    rows = sent.select_related("enquiry", "offer", "consultation").order_by("-sent_at")
    return next((row.pk for row in rows if address.lower() == _address_of(row).lower()), None)


def _address_of(row: OutgoingMessage) -> str:
    """Return where it went, unless to the practice: of a visitor, or of a therapist."""
    about = row.offer or row.consultation
    therapist = row.therapist_id or (about.therapist_id if about and row.is_to_therapist else None)
    if therapist:
        private = TherapistPrivate.objects.filter(therapist=therapist).first()
        return private.offer_email if private else ""
    return row.enquiry.contact.email if row.enquiry and row.is_to_visitor else ""


@transaction.atomic
def _fail(key: UUID) -> bool:
    """Mark it once: providers tell of one bounce several times."""
    Enquiry.objects.select_for_update(of=("self",)).filter(messages=key).first()
    row = (
        OutgoingMessage.objects.select_for_update(of=("self",))
        .filter(pk=key, state=SendingState.SENT)
        .first()
    )
    if row is None:
        return False
    row.state, row.fault, row.last_error = SendingState.FAILED, MailFault.RECIPIENT, "Bounced"
    row.save(update_fields=["state", "fault", "last_error"])
    FollowUp.objects.create(enquiry=row.enquiry, message=row, kind=FollowUpKind.MAIL_FAILED)
    return True
