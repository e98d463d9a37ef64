"""The real worker of the queues, which does what waits and stops.

In a thread of its own: after a browser test, Playwright keeps an event loop in this one.
"""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app


def a_worker(silent_for: timedelta = timedelta()) -> int:
    """Store the sign of life of a worker that does nothing, and return its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - silent_for],
        )
        return cursor.fetchone()[0]


def deliver() -> None:
    """Let a worker send the mail that waits."""
    work("mail")


def work(*queues: str) -> None:
    """Let a worker do what waits in these queues."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(_work, list(queues)).result()


def _work(queues: list[str]) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=queues)
    connections.close_all()


def wait_for[Result](task: Callable[..., Awaitable[Result]], *arguments: Any, **named: Any) -> Result:
    """Return what an asynchronous function returns. What it asks of the database is committed."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(_wait_for, task, arguments, named).result()


def _wait_for[Result](
    task: Callable[..., Awaitable[Result]], arguments: tuple[Any, ...], named: dict[str, Any]
) -> Result:
    try:
        return async_to_sync(task)(*arguments, **named)
    finally:
        connections.close_all()
