"""Send one e-mail: what the mail server's answers mean, and the task for a person where it never arrives."""

import smtplib

from core.outbox import Refused, Sender, TryAgain
from therapists.enquiries.mail.emails import NoAddress, compose
from therapists.enquiries.models import FollowUp, FollowUpKind, OutgoingMessage


class MailSender(Sender[OutgoingMessage]):
    model = OutgoingMessage

    def attempt(self, row: OutgoingMessage) -> None:
        try:
            compose(row).send()
        except (NoAddress, ValueError) as error:
            raise Refused(type(error).__name__) from error
        except OSError as error:
            # Covers smtplib's errors, connections refused, and time-outs.
            outcome = Refused if _is_permanent(error) else TryAgain
            raise outcome(_describe(error)) from error

    def given_up(self, row: OutgoingMessage) -> None:
        FollowUp.objects.create(enquiry=row.enquiry, message=row, kind=FollowUpKind.MAIL_FAILED)


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
