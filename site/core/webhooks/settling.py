"""Nobody is told of a change while they could still be given the answer of before it.

For a moment after a commit the site gives its last answers, and the front server what it keeps for a second.
Whoever fetched one of these because of a message would have it until the next change.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from core.webhooks.models import Event

#: From this id on no transaction has ended, and which before it are still running.
SNAPSHOT = """
SELECT pg_snapshot_xmax(now)::text::bigint, ARRAY(SELECT id::text::bigint FROM pg_snapshot_xip(now) AS id)
FROM pg_current_snapshot() AS now
"""
#: One for each message: of more than these in so short a time, some wait longer than they need to.
MOST_LOOKS = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    at: float
    first_to_come: int
    running: frozenset[int]

    def shows_end_of(self, transaction: int) -> bool:
        return transaction < self.first_to_come and transaction not in self.running


class EndedTransactions:
    """Since when transactions have ended, as this process saw it: PostgreSQL does not say when they did."""

    def __init__(self) -> None:
        self._looks: deque[Look] = deque(maxlen=MOST_LOOKS)
        self._lock = threading.Lock()

    def seconds_since(self, transaction: int) -> float:
        """Return for how long at least it has ended. The caller sees what it stored, so that it has."""
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
            first_to_come, running = cursor.fetchone()
        now = time.monotonic()
        with self._lock:
            self._looks.append(Look(now, first_to_come, frozenset(running)))
            return now - next((look.at for look in self._looks if look.shows_end_of(transaction)), now)


ended_transactions = EndedTransactions()


def wait_until_settled(event: Event) -> None:
    """Of many changes the first alone waits for long: meanwhile the others settle as well."""
    left = settings.WEBHOOK_DELAY_SECONDS - ended_transactions.seconds_since(event.transaction)
    if left > 0:
        time.sleep(left)
