"""Mail that stays on this machine: stored in a Maildir folder, which the mailbox page reads."""

import mailbox
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesParser
from email.policy import default as default_policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailboxBackend(BaseEmailBackend):
    def __init__(self, *, path: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = path

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder = mailbox.Maildir(self.path)
        for message in messages:
            folder.add(message.message().as_bytes())
        return len(messages)


@dataclass(frozen=True)
class MailboxMessage:
    key: str
    sender: str
    recipients: str
    subject: str
    sent: datetime | None
    message: ParsedMessage

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return part.get_content() if part else ""

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]


def messages() -> list[MailboxMessage]:
    """Return every message, newest first."""
    folder = _folder()
    found = [_read(key, folder.get_bytes(key)) for key in folder.iterkeys()]
    return sorted(found, key=_sort_key, reverse=True)


def message(key: str) -> MailboxMessage | None:
    try:
        return _read(key, _folder().get_bytes(key))
    except KeyError:
        return None


def _folder() -> mailbox.Maildir:
    return mailbox.Maildir(settings.MAILBOX)


def _read(key: str, content: bytes) -> MailboxMessage:
    message = BytesParser(policy=default_policy).parsebytes(content)
    date = message["Date"]
    return MailboxMessage(
        key=key,
        sender=str(message["From"] or ""),
        recipients=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent=parsedate_to_datetime(date) if date else None,
        message=message,
    )


def _sort_key(message: MailboxMessage) -> tuple[float, str]:
    return (message.sent.timestamp() if message.sent else 0, message.key)
