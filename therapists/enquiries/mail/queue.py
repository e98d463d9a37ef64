"""E-mails to send: a row and a job each, in the transaction of what they report."""

from django.db import transaction

from core.outbox import enqueue, sending_task
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

deliver_message = sending_task(MailSender, name="enquiries.deliver_message", queue="mail")


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
    enqueue(deliver_message, message.pk)
    return message


def notify_visitor(enquiry: Enquiry) -> None:
    """E-mail the visitor that there is news, or ask a person to call them where writing is not safe."""
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.UPDATE)
    else:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
