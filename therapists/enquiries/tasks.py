"""Work in the background. Jobs carry keys and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from therapists.enquiries import retention, sending
from therapists.enquiries.models import Enquiry, MessageKind, OutgoingMessage


@app.task(name="enquiries.deliver_message", queue="mail")
def deliver_message(message_id: str) -> None:
    retry_at = sending.send(UUID(message_id))
    if retry_at:
        schedule(message_id, retry_at)


def schedule(message_id: str, when: datetime) -> None:
    deliver_message.configure(schedule_at=when).defer(message_id=message_id)


@transaction.atomic
def queue_message(enquiry: Enquiry, kind: MessageKind) -> OutgoingMessage:
    """Store an e-mail to send and its job. Both belong to the caller's transaction."""
    message = OutgoingMessage.objects.create(enquiry=enquiry, kind=kind)
    deliver_message.defer(message_id=str(message.pk))
    return message


@app.periodic(cron="*/5 * * * *")
@app.task(name="enquiries.sweep_unsent", queue="mail")
def sweep_unsent(timestamp: int) -> None:
    """Queue again whatever is due and unsent: a lost job never loses an e-mail."""
    for key in OutgoingMessage.objects.due().values_list("pk", flat=True).iterator():
        deliver_message.defer(message_id=str(key))


@app.periodic(cron="17 * * * *")
@app.task(name="enquiries.purge", queue="upkeep")
def purge(timestamp: int) -> None:
    retention.purge()
