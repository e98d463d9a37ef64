"""E-mails to send: a row and a job each, in the transaction of what they tell about."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from therapists.enquiries.mail.delivery import MailSender
from therapists.enquiries.models import (
    Consultation,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    Offer,
    OutgoingMessage,
)


@app.task(name="enquiries.deliver_message", queue="mail")
def deliver_message(message_id: str) -> None:
    retry_at = MailSender().send(UUID(message_id))
    if retry_at:
        schedule(message_id, retry_at)


def schedule(message_id: str, when: datetime) -> None:
    deliver_message.configure(schedule_at=when).defer(message_id=message_id)


@transaction.atomic
def queue_message(
    enquiry: Enquiry | None,
    kind: MessageKind,
    *,
    offer: Offer | None = None,
    consultation: Consultation | None = None,
) -> OutgoingMessage:
    """Store an e-mail to send and its job. Both belong to the caller's transaction."""
    message = OutgoingMessage.objects.create(
        enquiry=enquiry, kind=kind, offer=offer, consultation=consultation
    )
    deliver_message.defer(message_id=str(message.pk))
    return message


def notify_visitor(enquiry: Enquiry) -> None:
    """Tell the visitor that there is news, or ask a person to where writing is not safe."""
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.UPDATE)
    else:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
