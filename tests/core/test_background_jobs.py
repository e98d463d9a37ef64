"""What a killed worker leaves behind, and what is kept of jobs that ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from core import background_jobs
from core.tasks import retry_stalled_jobs
from tests.queue_worker import a_worker, wait_for, work

QUEUES = ("upkeep", "mail", "webhooks")
PERIODIC = [periodic.task for periodic in app.periodic_registry.periodic_tasks.values()]


def begun_by(worker_id: int) -> list[int]:
    """Let a worker take every job that waits, as it does before it runs one."""
    jobs = []
    while job := wait_for(app.job_manager.fetch_job, queues=None, worker_id=worker_id):
        jobs.append(job.id)
    return jobs


pytestmark = pytest.mark.usefixtures("own_database", "transactional_db")


@pytest.fixture
def dead_worker(own_database, transactional_db) -> int:
    return a_worker(silent_for=timedelta(minutes=5))


def test_what_a_killed_worker_had_begun_is_ended_and_holds_back_no_later_run(dead_worker):
    for task in PERIODIC:
        task.defer(timestamp=0)
    assert len(begun_by(dead_worker)) == len(PERIODIC)
    assert in_state("doing") == {task.name for task in PERIODIC}
    retry_stalled_jobs.defer(timestamp=60)
    for _run in range(2):
        work(*QUEUES)
    assert in_state("doing") == set()
    assert in_state("succeeded") == {task.name for task in PERIODIC}


def in_state(status: str) -> set[str]:
    return set(ProcrastinateJob.objects.filter(status=status).values_list("task_name", flat=True))


def test_a_mail_that_a_killed_worker_was_sending_is_tried_again(dead_worker):
    app.tasks["enquiries.deliver_message"].defer(row_id="00000000-0000-0000-0000-000000000000")
    [job] = begun_by(dead_worker)
    wait_for(background_jobs.retry_stalled)
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"


def test_a_job_of_a_worker_that_lives_is_left_alone():
    app.tasks["core.publish_scheduled"].defer(timestamp=0)
    [job] = begun_by(a_worker())
    wait_for(background_jobs.retry_stalled)
    assert ProcrastinateJob.objects.get(pk=job).status == "doing"


def test_jobs_that_ended_long_ago_are_deleted_and_failed_ones_later():
    jobs = {}
    for status, hours in [
        ("succeeded", 1),
        ("succeeded", 25),
        ("failed", 25),
        ("failed", 24 * 31),
        ("todo", 25),
    ]:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status)"
                " VALUES ('task', 'default', '{}', %s) RETURNING id",
                [status],
            )
            jobs[status, hours] = cursor.fetchone()[0]
            cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [jobs[status, hours]])
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'started', %s)",
                [jobs[status, hours], timezone.now() - timedelta(hours=hours)],
            )
    wait_for(background_jobs.delete_finished)
    kept = {jobs["succeeded", 1], jobs["failed", 25], jobs["todo", 25]}
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == kept
    assert set(ProcrastinateEvent.objects.values_list("job_id", flat=True)) == kept


def test_at_most_one_run_of_each_periodic_task_waits():
    assert [task.name for task in PERIODIC if task.queueing_lock != task.name] == []
