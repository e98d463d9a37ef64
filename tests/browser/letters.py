"""E-mails as their readers get them: sent by the real worker, kept in memory."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

LINK = re.compile(r"https?://\S+")


def letter_to(is_reader: Callable[[str], bool], subject: str) -> EmailMessage:
    """The latest e-mail with such a subject to such a reader."""
    found = [letter for letter in mail.outbox if subject in letter.subject and any(map(is_reader, letter.to))]
    assert found, [(letter.to, letter.subject) for letter in mail.outbox]
    return found[-1]


def link_in(letter: EmailMessage) -> str:
    """The first to a page of the site: where the letter is answered. Others lead to pages for any day."""
    links = LINK.findall(str(letter.body))
    return next(link for link in links if link.startswith(settings.BASE_URL))


def invitation_in(letter: EmailMessage) -> str:
    [content] = [
        str(attachment.content) if isinstance(attachment.content, str) else bytes(attachment.content).decode()
        for attachment in letter.attachments
        if attachment.filename.endswith(".ics")
    ]
    return content
