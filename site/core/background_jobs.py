"""What keeps the queue of background jobs in order by itself, and says whether it is.

procrastinate leaves a job of a killed worker “doing” for ever, and with it the job's lock, so that no later
job of its kind begins (procrastinate issues 307 and 1518).
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateWorker
from procrastinate.jobs import Job, Status

#: A worker says every ten seconds that it lives.
DEAD_WHEN_SILENT_FOR = timedelta(minutes=1)
#: A job that has been due for longer than this has no worker of its queue.
LONGEST_WAIT = timedelta(minutes=5)
FINISHED_ARE_KEPT_FOR = timedelta(days=1)
FAILED_ARE_KEPT_FOR = timedelta(days=30)


async def retry_stalled() -> None:
    """Queue the jobs again whose worker is dead. Their locks end with that."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_WHEN_SILENT_FOR.total_seconds()):
        await _retry(job)


async def _retry(job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except exceptions.UniqueViolation:
        # The next run of this periodic task waits already, and its queueing lock admits one.
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


async def delete_finished() -> None:
    """Delete jobs and their events that ended long ago. Failed ones stay longer, to be looked into."""
    for age, include_failed in [(FINISHED_ARE_KEPT_FOR, False), (FAILED_ARE_KEPT_FOR, True)]:
        await app.job_manager.delete_old_jobs(
            nb_hours=int(age.total_seconds() // 3600),
            include_failed=include_failed,
            include_cancelled=True,
            include_aborted=True,
        )


def no_worker_lives() -> bool:
    """Return whether no worker has given a sign of life of late; an idle one gives it as well."""
    return not ProcrastinateWorker.objects.filter(
        last_heartbeat__gte=timezone.now() - DEAD_WHEN_SILENT_FOR
    ).exists()


def jobs_are_late() -> bool:
    """Return whether a job has been due for too long: no worker takes its queue, or all are busy."""
    late = timezone.now() - LONGEST_WAIT
    due = Q(job__scheduled_at__isnull=True, at__lt=late) | Q(job__scheduled_at__lt=late)
    return ProcrastinateEvent.objects.filter(due, type="deferred", job__status="todo").exists()
