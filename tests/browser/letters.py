"""E-mails as their readers get them: sent by the real worker, kept in memory."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.core import mail
from django.core.mail import EmailMessage
from django.db import connections
from procrastinate.contrib.django import app

LINK = re.compile(r"https?://\S+")


def deliver() -> None:
    """Let a worker send what waits. In a thread of its own: Playwright keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as worker:
        worker.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=["mail"])
    connections.close_all()


def letter_to(is_reader: Callable[[str], bool], subject: str) -> EmailMessage:
    """The latest e-mail with such a subject to such a reader."""
    found = [letter for letter in mail.outbox if subject in letter.subject and any(map(is_reader, letter.to))]
    assert found, [(letter.to, letter.subject) for letter in mail.outbox]
    return found[-1]


def link_in(letter: EmailMessage) -> str:
    [link] = LINK.findall(str(letter.body))
    return link


def invitation_in(letter: EmailMessage) -> str:
    [content] = [
        str(attachment.content) if isinstance(attachment.content, str) else bytes(attachment.content).decode()
        for attachment in letter.attachments
        if attachment.filename.endswith(".ics")
    ]
    return content
