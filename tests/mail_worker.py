"""The real worker of the queue, which sends what waits and stops."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app


def deliver() -> None:
    """Let a worker send what waits.

    In a thread of its own: after a browser test, Playwright keeps an event loop in this one.
    """
    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=["mail"])
    connections.close_all()
