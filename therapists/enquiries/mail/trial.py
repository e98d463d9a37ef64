"""Test mails: whether the practice's e-mail works, found out before a visitor depends on it."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _

from core.background_jobs import no_worker_lives
from core.outbox import Refused, SendingState, TryAgain
from therapists.enquiries.mail.after_outage import try_again_soon
from therapists.enquiries.mail.delivery import MailSender
from therapists.enquiries.mail.to_practice import practice_address
from therapists.enquiries.models import MessageKind, OutgoingMessage

#: The modules of backends that send nothing to anyone.
STAYS_HERE = {"console", "dummy", "filebased", "mailbox"}


class TrialSender(MailSender):
    """Sends a test mail once: whoever waits for it is told at once what failed."""

    def attempt(self, row: OutgoingMessage) -> None:
        try:
            super().attempt(row)
        except TryAgain as failure:
            raise Refused(str(failure)) from failure

    def given_up(self, row: OutgoingMessage) -> None:
        """Leave no task behind: the sender of the test is the one to act."""


def send_trial() -> OutgoingMessage:
    """Send a test mail to where new enquiries are announced, now and not through a worker.

    Where it is sent, what waited for the mail server is sent as well.
    """
    message = OutgoingMessage.objects.create(kind=MessageKind.TRIAL)
    TrialSender().send(message.pk)
    message.refresh_from_db()
    if message.state == SendingState.SENT:
        try_again_soon(at_most_each=timedelta(0))
    return message


def latest_trial() -> OutgoingMessage | None:
    return OutgoingMessage.objects.filter(kind=MessageKind.TRIAL).order_by("created_at").last()


def mail_stays_here() -> bool:
    """Return whether e-mails go to no mail server, but to a folder or screen of this machine."""
    return str(settings.MAILERS["default"]["BACKEND"]).split(".")[-2] in STAYS_HERE


def mail_server() -> str:
    options = cast(dict[str, Any], settings.MAILERS["default"].get("OPTIONS", {}))
    return ":".join(str(options[name]) for name in ("host", "port") if options.get(name))


def what_mail_lacks() -> str:
    """Return in a sentence why e-mail cannot be relied on, or nothing where it can."""
    trial = latest_trial()
    if mail_stays_here():
        return _("E-mails stay on this machine until EMAIL_HOST in .env names a server that sends them.")
    if not practice_address():
        return _("Say where new enquiries are announced, under Settings → Practice.")
    if trial and trial.state == SendingState.FAILED and not _was_sent_since(trial):
        return failure_in_words(trial)
    if not OutgoingMessage.objects.filter(state=SendingState.SENT).exists():
        return _("Nothing was sent yet: send yourself a test mail.")
    if no_worker_lives():
        return _("No background worker runs, so e-mails to visitors wait: start one for each queue.")
    return ""


def failure_in_words(trial: OutgoingMessage) -> str:
    meaning = trial.error_in_words or _("Ask whoever runs your mail server what this means.")
    return _("The last test mail failed (%(error)s). %(meaning)s") % {
        "error": trial.last_error,
        "meaning": meaning,
    }


def _was_sent_since(trial: OutgoingMessage) -> bool:
    return OutgoingMessage.objects.filter(state=SendingState.SENT, sent_at__gt=trial.created_at).exists()
