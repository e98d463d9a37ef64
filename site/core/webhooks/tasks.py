"""Work that comes round. Jobs carry keys and nothing else."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from core.webhooks import public_pages as ledger
from core.webhooks.models import Delivery, Event
from core.webhooks.queue import queue


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.look", queue="upkeep", lock="webhooks.look")
def look(timestamp: int) -> None:
    """What the clock changed, and whatever a process that was stopped could not tell any more."""
    ledger.look_by_the_clock()


@app.periodic(cron="*/5 * * * *")
@app.task(name="webhooks.sweep_unsent", queue="webhooks")
def sweep_unsent(timestamp: int) -> None:
    """Queue again whatever is due and unsent: a lost job never loses a delivery."""
    for key in Delivery.objects.due().values_list("pk", flat=True).iterator():
        queue(key)


@app.periodic(cron="37 * * * *")
@app.task(name="webhooks.purge", queue="upkeep")
def purge(timestamp: int) -> None:
    """Events go once they are old, and their deliveries with them."""
    old = Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=settings.WEBHOOK_KEEP_DAYS))
    old.exclude(pk__in=Delivery.objects.unsent().values("event")).delete()
