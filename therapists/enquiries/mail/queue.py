"""E-mails to send: a row and a job each, in the transaction of what they report."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from core.outbox import SendingState, enqueue, sending_task
from therapists.enquiries.mail.delivery import MailSender
from therapists.enquiries.models import (
    Consultation,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    MessageQuerySet,
    Offer,
    OutgoingMessage,
)
from therapists.models import DiaryTask, TherapistPage

#: A therapist is told of these whatever becomes of the enquiry.
ENDINGS = [MessageKind.FELL_THROUGH, MessageKind.CALLED_OFF_THERAPIST]

deliver_message = sending_task(MailSender, name="enquiries.deliver_message", queue="mail")


@transaction.atomic
def queue_message(
    enquiry: Enquiry | None,
    kind: MessageKind,
    *,
    offer: Offer | None = None,
    consultation: Consultation | None = None,
    therapist: TherapistPage | None = None,
    diary_task: DiaryTask | None = None,
    reference: str = "",
    reader: User | None = None,
) -> OutgoingMessage:
    """Store an e-mail to send and its job. Both belong to the caller's transaction."""
    message = OutgoingMessage.objects.create(
        enquiry=enquiry,
        kind=kind,
        offer=offer,
        consultation=consultation,
        therapist=therapist,
        diary_task=diary_task,
        reference=reference,
        reader=reader,
    )
    enqueue(deliver_message, message.pk)
    return message


def tell_it_fell_through(enquiry: Enquiry, therapist: TherapistPage) -> None:
    """E-mail a therapist who said yes that it does not go on."""
    queue_message(enquiry, MessageKind.FELL_THROUGH, therapist=therapist, reference=enquiry.reference)


def keep_for_therapists(enquiry: Enquiry) -> None:
    """Take from an enquiry that is being erased what its therapists have yet to be told."""
    waiting = enquiry.messages.filter(state=SendingState.QUEUED, kind__in=ENDINGS)
    Consultation.objects.filter(pk__in=waiting.values("consultation")).update(enquiry=None)
    waiting.update(enquiry=None, offer=None)


def notify_visitor(enquiry: Enquiry) -> None:
    """E-mail the visitor that there is news, or ask a person to call them where writing is not safe."""
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.UPDATE)
    else:
        FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)


@transaction.atomic
def send_again(messages: MessageQuerySet, by: User) -> int:
    """Send what failed as if for the first time, and finish the tasks about it. Return how many.

    Whoever asks has put right what kept them, so their attempts begin anew.
    """
    keys = list(messages.troubled().select_for_update().values_list("pk", flat=True))
    now = timezone.now()
    OutgoingMessage.objects.filter(pk__in=keys).update(
        state=SendingState.QUEUED, attempts=0, next_attempt_at=now
    )
    FollowUp.objects.filter(message__in=keys, done_at=None).update(done_at=now, done_by=by)
    for key in keys:
        enqueue(deliver_message, key)
    return len(keys)
