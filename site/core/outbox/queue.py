"""Jobs that send one row each. Beside them a sweep queues again what is due: a lost job never loses a row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from core.outbox.delivery import Sender
from core.outbox.models import OutgoingQuerySet


def sending_task(sender: type[Sender[Any]], *, name: str, queue: str) -> Task:
    """Make the task that sends a row by its key, and queues it again where it is to be tried once more."""

    @app.task(name=name, queue=queue)
    def send(row_id: str) -> None:
        retry_at = sender().send(UUID(row_id))
        if retry_at:
            enqueue(send, UUID(row_id), retry_at)

    return send


def enqueue(task: Task, key: UUID, when: datetime | None = None) -> None:
    """Queue a row in the caller's transaction: there is no job for what was rolled back."""
    task.configure(schedule_at=when).defer(row_id=str(key))


def enqueue_due(task: Task, rows: OutgoingQuerySet[Any]) -> None:
    for key in rows.due().values_list("pk", flat=True).iterator():
        enqueue(task, key)
