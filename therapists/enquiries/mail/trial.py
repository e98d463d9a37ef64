"""Test mails: whether the practice's e-mail works, found out before a visitor depends on it."""

from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.background_jobs import no_worker_lives
from core.outbox import Refused, SendingState, TryAgain
from therapists.enquiries.mail.delivery import MailSender
from therapists.enquiries.mail.to_practice import practice_address
from therapists.enquiries.models import MessageKind, OutgoingMessage

#: The modules of backends that send nothing to anyone.
STAYS_HERE = {"console", "dummy", "filebased", "mailbox"}
#: What errors mean, by their kinds as they are stored.
MEANINGS = {
    "NoAddress": gettext_lazy("The practice has no address for it: set one under Settings → Practice."),
    "ConnectionRefusedError": gettext_lazy(
        "The mail server did not take the call: look at EMAIL_HOST and EMAIL_PORT, and whether it runs."
    ),
    "gaierror": gettext_lazy("No mail server of that name is known: look at EMAIL_HOST."),
    "TimeoutError": gettext_lazy(
        "The mail server did not answer in time: look at EMAIL_HOST and EMAIL_PORT, and at the firewall."
    ),
    "SMTPAuthenticationError": gettext_lazy(
        "The mail server refused the name or the password: look at EMAIL_HOST_USER and EMAIL_HOST_PASSWORD."
    ),
    "SMTPNotSupportedError": gettext_lazy(
        "The mail server does not offer what was asked of it: look at EMAIL_USE_TLS, and at EMAIL_HOST_USER."
    ),
    "SSLError": gettext_lazy("No secure connection came about: look at EMAIL_PORT and EMAIL_USE_TLS."),
    "SSLCertVerificationError": gettext_lazy("The certificate of the mail server does not fit its name."),
    "SMTPSenderRefused": gettext_lazy("The mail server does not let you write as DEFAULT_FROM_EMAIL."),
    "SMTPRecipientsRefused": gettext_lazy(
        "The mail server refused the address that it should go to: look at it under Settings → Practice."
    ),
    "SMTPDataError": gettext_lazy("The mail server refused the e-mail itself."),
    "SMTPServerDisconnected": gettext_lazy("The mail server hung up: look at EMAIL_PORT and EMAIL_USE_TLS."),
}


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
    """Send a test mail to where new enquiries are announced, now and not through a worker."""
    message = OutgoingMessage.objects.create(kind=MessageKind.TRIAL)
    TrialSender().send(message.pk)
    message.refresh_from_db()
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
    kind = trial.last_error.partition(" ")[0]
    meaning = MEANINGS.get(kind) or _("Ask whoever runs your mail server what this means.")
    return _("The last test mail failed (%(error)s). %(meaning)s") % {
        "error": trial.last_error,
        "meaning": meaning,
    }


def _was_sent_since(trial: OutgoingMessage) -> bool:
    return OutgoingMessage.objects.filter(state=SendingState.SENT, sent_at__gt=trial.created_at).exists()
