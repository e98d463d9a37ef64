"""Queue deliveries: each has a row and a job, both made in the transaction of the change."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from core.outbox import SendingState
from core.webhooks.delivery import WebhookSender
from core.webhooks.models import Delivery


@app.task(name="webhooks.deliver", queue="webhooks")
def deliver(delivery_id: str) -> None:
    retry_at = WebhookSender().send(UUID(delivery_id))
    if retry_at:
        enqueue(UUID(delivery_id), retry_at)


def enqueue(delivery_id: UUID, when: datetime | None = None) -> None:
    """Queue the delivery in the caller's transaction, so that a rollback takes the job back too."""
    deliver.configure(schedule_at=when).defer(delivery_id=str(delivery_id))


@transaction.atomic
def send_again(delivery: Delivery) -> bool:
    """Queue a delivery once more, with the same id. Return False while a worker is sending it."""
    idle = Delivery.objects.filter(pk=delivery.pk).exclude(state=SendingState.SENDING)
    again = idle.update(
        state=SendingState.QUEUED, attempts=0, next_attempt_at=timezone.now(), sent_at=None, last_error=""
    )
    if again:
        enqueue(delivery.pk)
    return bool(again)
