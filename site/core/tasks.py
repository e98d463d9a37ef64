"""Periodic tasks.

At most one run of each waits (`queueing_lock`): after an hour without a worker there is one to do, not sixty.
"""

from django.core.management import call_command
from procrastinate.contrib.django import app

from core import background_jobs
from core.models import ReviewDigest
from core.outbox import enqueue_due
from core.reviews.digests import delete_old_digests, send_digest, write_digests


@app.periodic(cron="* * * * *")
@app.task(
    name="core.publish_scheduled",
    queue="upkeep",
    lock="core.publish_scheduled",
    queueing_lock="core.publish_scheduled",
)
def publish_scheduled(timestamp: int) -> None:
    """Publish what is scheduled for now, and unpublish what has expired."""
    call_command("publish_scheduled")


# No lock: a run that is killed must not hold back the next, which queues it again.
@app.periodic(cron="* * * * *")
@app.task(name="core.retry_stalled_jobs", queue="upkeep", queueing_lock="core.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    await background_jobs.retry_stalled()


@app.periodic(cron="23 * * * *")
@app.task(name="core.delete_finished_jobs", queue="upkeep", queueing_lock="core.delete_finished_jobs")
async def delete_finished_jobs(timestamp: int) -> None:
    await background_jobs.delete_finished()


@app.periodic(cron="10 6 * * 1")
@app.task(name="core.write_review_digests", queue="upkeep", queueing_lock="core.write_review_digests")
def write_review_digests(timestamp: int) -> None:
    """On Monday mornings, tell who is concerned which pages are due for review."""
    write_digests()


@app.periodic(cron="*/15 * * * *")
@app.task(name="core.sweep_review_digests", queue="mail", queueing_lock="core.sweep_review_digests")
def sweep_review_digests(timestamp: int) -> None:
    """Queue again what is due and unsent, and forget what is old."""
    enqueue_due(send_digest, ReviewDigest.objects.all())
    delete_old_digests()
