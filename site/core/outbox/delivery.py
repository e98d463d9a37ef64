"""Sending one thing: claimed, sent, and written down, whatever happens between."""

import logging
from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.outbox.models import Outgoing, OutgoingQuerySet, SendingState

logger = logging.getLogger(__name__)

#: How long a worker may take over one before another may try.
LEASE = timedelta(minutes=5)
#: The waits between attempts, about three days in all.
BACK_OFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    *[timedelta(hours=4)] * 6,
    *[timedelta(hours=12)] * 4,
]
MOST_ATTEMPTS = len(BACK_OFF) + 1


class NotWanted(Exception):
    """What it tells about is no longer so."""


class TryAgain(Exception):
    """It did not arrive this time. The message is kept: the kind of error and its code, no more."""


class Refused(TryAgain):
    """It did not arrive, and trying again cannot help."""


class Sender[Row: Outgoing](ABC):
    """A subclass says what is sent and how; the order of things is the same for all."""

    model: type[Row]

    @abstractmethod
    def attempt(self, row: Row) -> None:
        """Send it, or raise one of the three above."""

    @abstractmethod
    def given_up(self, row: Row) -> None:
        """In the transaction that marks it as failed: ask a person to act."""

    def send(self, pk: UUID) -> datetime | None:
        """Try once. Returns when to try again, or None when there is nothing left to do."""
        row = self._claim(pk)
        if row is None:
            return None
        try:
            self.attempt(row)
        except NotWanted:
            self._finish(row, SendingState.CANCELLED)
        except Refused as refusal:
            self._fail(row, str(refusal))
        except TryAgain as failure:
            return self._retry(row, str(failure))
        else:
            self._finish(row, SendingState.SENT)
        return None

    @transaction.atomic
    def _claim(self, pk: UUID) -> Row | None:
        """Take one that is due, so that no one else sends it at the same time."""
        row = OutgoingQuerySet(self.model).due().select_for_update(skip_locked=True).filter(pk=pk).first()
        if row is None:
            return None
        if row.attempts >= MOST_ATTEMPTS:
            # Only a worker that stopped halfway, again and again, leaves one like this.
            self._fail(row, row.last_error or "Interrupted")
            return None
        row.state = SendingState.SENDING
        row.attempts += 1
        row.leased_until = timezone.now() + LEASE
        row.save(update_fields=["state", "attempts", "leased_until"])
        return row

    def _finish(self, row: Row, state: SendingState) -> None:
        row.state = state
        row.leased_until = None
        row.last_error = ""
        if state == SendingState.SENT:
            row.sent_at = timezone.now()
        row.save(update_fields=["state", "leased_until", "last_error", "sent_at"])

    def _retry(self, row: Row, error: str) -> datetime | None:
        if row.attempts >= MOST_ATTEMPTS:
            self._fail(row, error)
            return None
        row.state = SendingState.QUEUED
        row.leased_until = None
        row.last_error = error
        row.next_attempt_at = timezone.now() + BACK_OFF[row.attempts - 1]
        row.save(update_fields=["state", "leased_until", "last_error", "next_attempt_at"])
        logger.warning("%s %s not sent (%s); tried %s times", self._name, row.pk, error, row.attempts)
        return row.next_attempt_at

    @transaction.atomic
    def _fail(self, row: Row, error: str) -> None:
        row.state = SendingState.FAILED
        row.leased_until = None
        row.last_error = error
        row.save(update_fields=["state", "leased_until", "last_error"])
        self.given_up(row)
        logger.error("%s %s failed for good (%s)", self._name, row.pk, error)

    @property
    def _name(self) -> str:
        return str(self.model._meta.verbose_name)
