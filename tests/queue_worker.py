"""The real worker of the queues, which does what waits and stops."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app


def deliver() -> None:
    """Let a worker send the mail that waits."""
    work("mail")


def work(*queues: str) -> None:
    """Let a worker do what waits in these queues.

    In a thread of its own: after a browser test, Playwright keeps an event loop in this one.
    """
    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(_work, list(queues)).result()


def _work(queues: list[str]) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=queues)
    connections.close_all()
