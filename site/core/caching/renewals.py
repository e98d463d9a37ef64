"""Answers are made anew beside those who ask for them, by one thread of the process.

One at a time: threads take turns on one processor, so that four made at once would each take four times as
long, and who waits for the first would wait for all.
"""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

from django.db import close_old_connections, connections


class Renewals:
    """In the order in which they were first asked for. Without work the thread holds no connection."""

    def __init__(self) -> None:
        # It starts its thread when it is first asked, so that a fork before leaves nothing behind.
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renewals")
        self._asked: dict[Hashable, Future[None]] = {}
        self._lock = threading.Lock()

    def ask(self, address: Hashable, make: Callable[[], object]) -> Future[None]:
        """Have it made once, however many ask meanwhile. Its log lines bear the id of the first request."""
        with self._lock:
            if address not in self._asked:
                in_context = copy_context().run
                self._asked[address] = self._executor.submit(in_context, self._make, address, make)
            return self._asked[address]

    def _make(self, address: Hashable, make: Callable[[], object]) -> None:
        close_old_connections()
        try:
            make()
        finally:
            with self._lock:
                del self._asked[address]
                has_more = bool(self._asked)
            if not has_more:
                connections.close_all()
