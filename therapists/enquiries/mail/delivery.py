"""Send one e-mail: retried where the fault is on our side, and a task for a person where it never arrives."""

from django.db import transaction

from core.outbox import NotWanted, Refused, Sender, TryAgain
from therapists.enquiries.mail.address_digests import address_digest
from therapists.enquiries.mail.emails import NoAddress, compose
from therapists.enquiries.mail.smtp_failures import read_failure
from therapists.enquiries.models import (
    TO_PRACTICE,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MailFault,
    OutgoingMessage,
)


class MailSender(Sender[OutgoingMessage]):
    model = OutgoingMessage

    def attempt(self, row: OutgoingMessage) -> None:
        try:
            email = compose(row)
            row.sent_to = address_digest(email.to[0])
            row.save(update_fields=["sent_to"])
            email.send()
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

    @transaction.atomic
    def _give_up(self, row: OutgoingMessage, error: str) -> None:
        """Lock the enquiry before its row, as everybody does: the task is the enquiry's."""
        Enquiry.objects.select_for_update(of=("self",)).filter(messages=row.pk).first()
        super()._give_up(row, error)

    def given_up(self, row: OutgoingMessage) -> None:
        FollowUp.objects.create(enquiry=row.enquiry, message=row, kind=FollowUpKind.MAIL_FAILED)

    @staticmethod
    def _blame(row: OutgoingMessage, fault: MailFault | None) -> None:
        row.fault = fault or ""
        row.save(update_fields=["fault"])
