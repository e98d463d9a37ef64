"""Log every reading of an enquiry by a person, before the person sees it."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    AccessLogEntry,
    BreakGlass,
    DecisionRecord,
    Enquiry,
    MessageKind,
    ReadingKind,
)
from therapists.models import TherapistPage

#: How long an administrator may look after giving a reason.
BREAK_GLASS_LASTS = timedelta(minutes=30)


def record_reading(
    enquiry: Enquiry, reading: ReadingKind, reader: User, glass: BreakGlass | None = None
) -> None:
    AccessLogEntry.objects.create(
        enquiry_id=enquiry.pk,
        reference=enquiry.reference,
        reading=reading,
        reader=reader,
        reader_name=reader.get_username(),
        break_glass=glass,
    )


def record_list(enquiries: Iterable[Enquiry], reading: ReadingKind, reader: User) -> None:
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            enquiry_id=enquiry.pk,
            reference=enquiry.reference,
            reading=reading,
            reader=reader,
            reader_name=reader.get_username(),
        )
        for enquiry in enquiries
    )


def record_decisions(records: Iterable[DecisionRecord], reader: User) -> None:
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            enquiry_id=record.enquiry_id,
            reference=record.decision.reference,
            reading=ReadingKind.DECISION,
            reader=reader,
            reader_name=reader.get_username(),
        )
        for record in records
    )


def record_therapist_reading(enquiry: Enquiry, reading: ReadingKind, therapist: TherapistPage) -> None:
    """Log a therapist, who has no account: the signed link says who it is."""
    AccessLogEntry.objects.create(
        enquiry_id=enquiry.pk,
        reference=enquiry.reference,
        reading=reading,
        therapist_id=therapist.pk,
        therapist_name=therapist.title,
    )


@transaction.atomic
def break_glass(enquiry: Enquiry, administrator: User, reason: str) -> BreakGlass:
    """Keep the reason, and tell the practice by e-mail."""
    queue_message(None, MessageKind.GLASS_BROKEN, reference=enquiry.reference)
    return BreakGlass.objects.create(
        enquiry_id=enquiry.pk,
        reference=enquiry.reference,
        opened_by=administrator,
        opened_by_name=administrator.get_username(),
        reason=reason,
        expires_at=timezone.now() + BREAK_GLASS_LASTS,
    )


def current_break_glass(enquiry: Enquiry, administrator: User) -> BreakGlass | None:
    """Return the administrator's reason for this enquiry, or None once its time is over."""
    return BreakGlass.objects.filter(
        enquiry_id=enquiry.pk, opened_by=administrator, expires_at__gt=timezone.now()
    ).first()
