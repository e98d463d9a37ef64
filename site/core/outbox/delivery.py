"""Send one row of the outbox: claim it, send it, record the outcome."""

import logging
from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.outbox.models import Outgoing, OutgoingQuerySet, SendingState

logger = logging.getLogger(__name__)

#: How long a worker may take before another may claim the row.
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
    """The message is no longer needed."""


class TryAgain(Exception):
    """The attempt failed. The text of the exception is stored: the kind of error and its code, no more."""


class Refused(TryAgain):
    """The attempt failed, and trying again cannot help."""


class Sender[Row: Outgoing](ABC):
    """Sends rows of one model. A subclass implements the attempt and what follows a final failure."""

    model: type[Row]

    @abstractmethod
    def attempt(self, row: Row) -> None:
        """Send the row, or raise NotWanted, TryAgain or Refused."""

    @abstractmethod
    def given_up(self, row: Row) -> None:
        """Ask a person to act. Called in the transaction that marks the row as failed."""

    def send(self, pk: UUID) -> datetime | None:
        """Try once. Return when to try again, or None when there is nothing left to do."""
        row = self._claim(pk)
        if row is None:
            return None
        try:
            self.attempt(row)
        except NotWanted:
            self._finish(row, SendingState.CANCELLED)
        except Refused as refusal:
            self._give_up(row, str(refusal))
        except TryAgain as failure:
            return self._retry(row, str(failure))
        else:
            self._finish(row, SendingState.SENT)
        return None

    @transaction.atomic
    def _claim(self, pk: UUID) -> Row | None:
        """Return the row if it is due, claimed so that no other worker sends it at the same time."""
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

    def _is_ours(self, row: Row) -> bool:
        """Lock the row, and return whether nobody settled it or claimed it anew since this attempt began."""
        rows: OutgoingQuerySet[Row] = OutgoingQuerySet(self.model).select_for_update(of=("self",))
        attempt = rows.filter(pk=row.pk, state=SendingState.SENDING, attempts=row.attempts)
        return attempt.first() is not None

    @transaction.atomic
    def _finish(self, row: Row, state: SendingState) -> None:
        if not self._is_ours(row):
            return
        row.state = state
        row.leased_until = None
        row.last_error = ""
        if state == SendingState.SENT:
            row.sent_at = timezone.now()
        row.save(update_fields=["state", "leased_until", "last_error", "sent_at"])
        logger.info("%s %s %s", self._name, row.pk, state.value, extra={"outgoing": row.pk})

    @transaction.atomic
    def _retry(self, row: Row, error: str) -> datetime | None:
        if row.attempts >= MOST_ATTEMPTS:
            self._give_up(row, error)
            return None
        if not self._is_ours(row):
            return None
        row.state = SendingState.QUEUED
        row.leased_until = None
        row.last_error = error
        row.next_attempt_at = timezone.now() + BACK_OFF[row.attempts - 1]
        row.save(update_fields=["state", "leased_until", "last_error", "next_attempt_at"])
        told = (self._name, row.pk, error, row.attempts)
        logger.warning("%s %s not sent (%s); tried %s times", *told, extra={"outgoing": row.pk})
        return row.next_attempt_at

    @transaction.atomic
    def _give_up(self, row: Row, error: str) -> None:
        if self._is_ours(row):
            self._fail(row, error)

    def _fail(self, row: Row, error: str) -> None:
        row.state = SendingState.FAILED
        row.leased_until = None
        row.last_error = error
        row.save(update_fields=["state", "leased_until", "last_error"])
        self.given_up(row)
        logger.error("%s %s failed for good (%s)", self._name, row.pk, error, extra={"outgoing": row.pk})

    @property
    def _name(self) -> str:
        return str(self.model._meta.verbose_name)
