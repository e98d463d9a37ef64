"""The epoch of all public content: a number that moves whenever a change that visitors can read is committed.

PostgreSQL notifies of each commit, by triggers on every content table (`content_triggers`). One thread of
each process listens and moves the epoch. What was made in an earlier epoch is out of date. No dependency is
listed anywhere, so none can be forgotten, and bulk updates and plain SQL count as well.
"""

import logging
import os
import threading
import time
from collections.abc import Iterable

import psycopg
from django.conf import settings
from django.db import connection

from core.caching.content_triggers import CHANNEL

logger = logging.getLogger(__name__)

#: In seconds: how long the listener waits before it looks whether it is to stop.
HEARTBEAT = 0.5
#: Heartbeats after which it asks whether its connection still answers: a cut cable is silent.
BEATS_BETWEEN_QUESTIONS = 10
#: In seconds, between attempts to reach the database again.
RETRY = 1
#: In seconds: how long it is known when an epoch ended.
REMEMBERED = 1


class ContentEpoch:
    """Listens for changes of content. `current()` is None while it does not: then nothing may be reused."""

    def __init__(self) -> None:
        self._epoch = 0
        self._ends: dict[int, float] = {}
        self._last_changes: dict[str, int] = {}
        self._last_unnamed_change = 0
        self._is_listening = False
        self._listener: threading.Thread | None = None
        self._process = 0
        self._starting = threading.Lock()
        self._stopped = threading.Event()

    def current(self) -> int | None:
        """Return the epoch that a rendering begins in, or None while changes may go unnoticed.

        In development and in most tests nobody listens: the settings keep no answers there.
        """
        if not settings.KEPT_ANSWERS_MEGABYTES:
            return None
        if self._process != os.getpid():
            self._start()
        return self._epoch if self._is_listening else None

    def seconds_since(self, epoch: int) -> float | None:
        """Return how long ago an earlier epoch ended, or None where that is unknown."""
        ended = self._ends.get(epoch)
        return None if ended is None else time.monotonic() - ended

    def last_change(self, tables: Iterable[str]) -> int:
        """Return the epoch that began with the last change of one of these tables."""
        changes = (self._last_changes.get(table, 0) for table in tables)
        return max(self._last_unnamed_change, *changes)

    def move(self, table: str = "") -> None:
        """Begin another epoch. Without a name, any table may have changed."""
        # Before the epoch itself: whoever begins in it must know.
        if table:
            self._last_changes[table] = self._epoch + 1
        else:
            self._last_unnamed_change = self._epoch + 1
        now = time.monotonic()
        recent = {epoch: ended for epoch, ended in self._ends.items() if now - ended < REMEMBERED}
        self._ends = recent | {self._epoch: now}
        self._epoch += 1

    def _start(self) -> None:
        """Begin to listen in this process: threads do not survive a fork."""
        with self._starting:
            if self._process == os.getpid():
                return
            self._is_listening = False
            self._process = os.getpid()
            self._stopped.clear()
            self._listener = threading.Thread(
                target=self._listen_until_stopped, name="content-epoch", daemon=True
            )
            self._listener.start()

    def stop(self) -> None:
        """Close the connection. The next call of `current` opens another."""
        if self._listener is not None:
            self._stopped.set()
            self._listener.join()
        self._process = 0

    def _listen_until_stopped(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                logger.warning("Changes of content are not heard of: %s", type(error).__name__)
            finally:
                self._is_listening = False
            self._stopped.wait(RETRY)

    def _listen(self) -> None:
        # Neither a pool nor Django's own connection: it stays open, outside of any request.
        parameters = connection.get_connection_params()
        kept = {name: parameters[name] for name in parameters.keys() & CONNECTION_PARAMETERS}
        with psycopg.connect(**kept, autocommit=True) as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            self.move()  # what happened before is unknown, and when
            self._ends = {}
            self._is_listening = True
            beats = 0
            while not self._stopped.is_set():
                for change in listening.notifies(timeout=HEARTBEAT, stop_after=1):
                    self.move(change.payload)
                beats += 1
                if beats % BEATS_BETWEEN_QUESTIONS == 0:
                    listening.execute("SELECT 1")


CONNECTION_PARAMETERS = frozenset(
    {
        "dbname",
        "user",
        "password",
        "host",
        "port",
        "service",
        "passfile",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
    }
)

content_epoch = ContentEpoch()
