"""Periodic tasks. Jobs carry keys and nothing else."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from core.outbox import enqueue_due
from core.webhooks.models import Delivery, Event
from core.webhooks.page_diff import update_known_pages
from core.webhooks.queue import deliver


@app.periodic(cron="* * * * *")
@app.task(
    name="webhooks.announce_page_changes",
    queue="upkeep",
    lock="webhooks.announce_page_changes",
    queueing_lock="webhooks.announce_page_changes",
)
def announce_page_changes(timestamp: int) -> None:
    """Announce what time has changed, and what a process that was stopped left unannounced."""
    update_known_pages()


@app.periodic(cron="*/5 * * * *")
@app.task(name="webhooks.sweep_unsent", queue="webhooks", queueing_lock="webhooks.sweep_unsent")
def sweep_unsent(timestamp: int) -> None:
    """Queue again whatever is due and unsent: a lost job must not lose a delivery."""
    enqueue_due(deliver, Delivery.objects.all())


@app.periodic(cron="37 * * * *")
@app.task(name="webhooks.purge", queue="upkeep", queueing_lock="webhooks.purge")
def purge(timestamp: int) -> None:
    """Delete events that are old enough, and their deliveries with them."""
    old = Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=settings.WEBHOOK_KEEP_DAYS))
    old.exclude(pk__in=Delivery.objects.unsent().values("event")).delete()
