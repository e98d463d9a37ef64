"""E-mails that came back after the mail server had taken them: a person's task."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.mail.address_digests import possible_digests
from therapists.enquiries.models import (
    TO_PRACTICE,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MailFault,
    OutgoingMessage,
)

#: What comes back does so within days.
COMES_BACK_WITHIN = timedelta(days=7)
#: A provider may tell of it before the worker has written down that it handed it over.
_HAS_LEFT = Q(state=SendingState.SENT) | Q(
    state__in=[SendingState.SENDING, SendingState.QUEUED], attempts__gt=0
)
_OUR_MESSAGE_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")


def record_bounce(address: str, message_id: str = "") -> bool:
    """Mark the e-mail that came back as failed, with a task. Return whether it was found.

    Where the provider does not tell our Message-ID, it is the latest that was sent to the address.
    """
    key = _key_in(message_id) or _latest_to(address)
    return key is not None and _fail(key)


def _key_in(message_id: str) -> UUID | None:
    found = _OUR_MESSAGE_ID.match(message_id)
    return UUID(found[1]) if found else None


def _latest_to(address: str) -> UUID | None:
    if not address:
        return None
    lately = timezone.now() - COMES_BACK_WITHIN
    to_them = OutgoingMessage.objects.filter(
        Q(state=SendingState.SENDING) | Q(state=SendingState.SENT, sent_at__gte=lately),
        sent_to__in=possible_digests(address),
    ).exclude(kind__in=TO_PRACTICE)
    return to_them.order_by(F("sent_at").desc(nulls_first=True)).values_list("pk", flat=True).first()


@transaction.atomic
def _fail(key: UUID) -> bool:
    """Mark it once: providers tell of one bounce several times."""
    Enquiry.objects.select_for_update(of=("self",)).filter(messages=key).first()
    row = OutgoingMessage.objects.select_for_update(of=("self",)).filter(_HAS_LEFT, pk=key).first()
    if row is None:
        return False
    row.state, row.fault, row.last_error = SendingState.FAILED, MailFault.RECIPIENT, "Bounced"
    row.save(update_fields=["state", "fault", "last_error"])
    FollowUp.objects.create(enquiry=row.enquiry, message=row, kind=FollowUpKind.MAIL_FAILED)
    return True
