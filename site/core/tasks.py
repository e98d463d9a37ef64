"""Periodic tasks.

At most one run of each waits (`queueing_lock`): after an hour without a worker there is one to do, not sixty.
"""

from django.core.management import call_command
from procrastinate.contrib.django import app

from core import background_jobs


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
