"""Sending one e-mail: claimed, sent, and written down, whatever happens between."""

import logging
import smtplib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from therapists.enquiries.letters import NoAddress, NotWanted, compose
from therapists.enquiries.models import FollowUp, FollowUpKind, MessageState, OutgoingMessage

logger = logging.getLogger(__name__)

#: How long a worker may take over one e-mail before another may try.
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


def send(message_id: UUID) -> datetime | None:
    """Try once. Returns when to try again, or None when there is nothing left to do."""
    message = _claim(message_id)
    if message is None:
        return None
    try:
        compose(message).send()
    except NotWanted:
        _finish(message, MessageState.CANCELLED)
    except (NoAddress, ValueError) as error:
        _fail(message, type(error).__name__)
    except OSError as error:
        # Covers smtplib's errors, connections refused, and time-outs.
        if _is_permanent(error):
            _fail(message, _describe(error))
        else:
            return _retry(message, _describe(error))
    else:
        _finish(message, MessageState.SENT)
    return None


@transaction.atomic
def _claim(message_id: UUID) -> OutgoingMessage | None:
    """Take a message that is due, so that no one else sends it at the same time."""
    message = OutgoingMessage.objects.due().select_for_update(skip_locked=True).filter(pk=message_id).first()
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:
        # Only a worker that stopped halfway, again and again, leaves one like this.
        _fail(message, message.last_error or "Interrupted")
        return None
    message.state = MessageState.SENDING
    message.attempts += 1
    message.leased_until = timezone.now() + LEASE
    message.save(update_fields=["state", "attempts", "leased_until"])
    return message


def _finish(message: OutgoingMessage, state: MessageState) -> None:
    message.state = state
    message.leased_until = None
    message.last_error = ""
    if state == MessageState.SENT:
        message.sent_at = timezone.now()
    message.save(update_fields=["state", "leased_until", "last_error", "sent_at"])


def _retry(message: OutgoingMessage, error: str) -> datetime | None:
    if message.attempts >= MOST_ATTEMPTS:
        _fail(message, error)
        return None
    message.state = MessageState.QUEUED
    message.leased_until = None
    message.last_error = error
    message.next_attempt_at = timezone.now() + BACK_OFF[message.attempts - 1]
    message.save(update_fields=["state", "leased_until", "last_error", "next_attempt_at"])
    logger.warning("E-mail %s not sent (%s); tried %s times", message.pk, error, message.attempts)
    return message.next_attempt_at


@transaction.atomic
def _fail(message: OutgoingMessage, error: str) -> None:
    """Give up, and ask a person to act."""
    message.state = MessageState.FAILED
    message.leased_until = None
    message.last_error = error
    message.save(update_fields=["state", "leased_until", "last_error"])
    FollowUp.objects.create(enquiry=message.enquiry, message=message, kind=FollowUpKind.MAIL_FAILED)
    logger.error("E-mail %s failed for good (%s)", message.pk, error)


def _is_permanent(error: OSError) -> bool:
    """The server refused this e-mail itself, so trying again cannot help."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and error.smtp_code >= 500


def _describe(error: OSError) -> str:
    """The kind of error and its code. The server's words may quote an address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    return f"{type(error).__name__} {code}" if code else type(error).__name__
