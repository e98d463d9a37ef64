"""Deliveries to send: a row and a job each, in the transaction of what they tell about."""

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
        queue(UUID(delivery_id), retry_at)


def queue(delivery_id: UUID, when: datetime | None = None) -> None:
    """In the caller's transaction: no job for what was rolled back."""
    deliver.configure(schedule_at=when).defer(delivery_id=str(delivery_id))


@transaction.atomic
def send_again(delivery: Delivery) -> bool:
    """With the same id: a receiver that has had it may pass over it. False while a worker is at it."""
    resting = Delivery.objects.filter(pk=delivery.pk).exclude(state=SendingState.SENDING)
    again = resting.update(
        state=SendingState.QUEUED, attempts=0, next_attempt_at=timezone.now(), sent_at=None, last_error=""
    )
    if again:
        queue(delivery.pk)
    return bool(again)
