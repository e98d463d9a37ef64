"""Queue deliveries: each has a row and a job, both made in the transaction of the change."""

from django.db import transaction
from django.utils import timezone

from core.outbox import SendingState, enqueue, sending_task
from core.webhooks.delivery import WebhookSender
from core.webhooks.models import Delivery

deliver = sending_task(WebhookSender, name="webhooks.deliver", queue="webhooks")


@transaction.atomic
def send_again(delivery: Delivery) -> bool:
    """Queue a delivery once more, with the same id. Return False while a worker is sending it."""
    idle = Delivery.objects.filter(pk=delivery.pk).exclude(state=SendingState.SENDING)
    again = idle.update(
        state=SendingState.QUEUED, attempts=0, next_attempt_at=timezone.now(), sent_at=None, last_error=""
    )
    if again:
        enqueue(deliver, delivery.pk)
    return bool(again)
