"""Send one e-mail: retried where the fault is on our side, and a task for a person where it never arrives."""

from core.outbox import NotWanted, Refused, Sender, TryAgain
from therapists.enquiries.mail.emails import NoAddress, compose
from therapists.enquiries.mail.smtp_failures import read_failure
from therapists.enquiries.models import TO_PRACTICE, FollowUp, FollowUpKind, MailFault, OutgoingMessage


class MailSender(Sender[OutgoingMessage]):
    model = OutgoingMessage

    def attempt(self, row: OutgoingMessage) -> None:
        try:
            compose(row).send()
        except NotWanted:
            raise
        except NoAddress as error:
            self._blame(row, MailFault.OURS if row.kind in TO_PRACTICE else MailFault.RECIPIENT)
            raise Refused(type(error).__name__) from error
        except OSError as error:
            # Covers smtplib's errors, TLS, connections refused, and time-outs. A bad certificate is a
            # ValueError as well.
            failure = read_failure(error)
            self._blame(row, failure.fault)
            outcome = Refused if failure.fault == MailFault.RECIPIENT else TryAgain
            raise outcome(failure.described) from error
        except ValueError as error:
            # A header or a host name that cannot be written: a setting that somebody can put right.
            self._blame(row, MailFault.OURS)
            raise TryAgain(type(error).__name__) from error

    def given_up(self, row: OutgoingMessage) -> None:
        FollowUp.objects.create(enquiry=row.enquiry, message=row, kind=FollowUpKind.MAIL_FAILED)

    @staticmethod
    def _blame(row: OutgoingMessage, fault: MailFault | None) -> None:
        row.fault = fault or ""
        row.save(update_fields=["fault"])
