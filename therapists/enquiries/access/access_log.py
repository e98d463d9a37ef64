"""Every reading of an enquiry by a person is written down, before the person sees it."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from therapists.enquiries.models import AccessLogEntry, BreakGlass, Enquiry
from therapists.enquiries.models.access import Reading
from therapists.models import TherapistPage

#: How long an administrator may look after giving a reason.
GLASS_STAYS_BROKEN = timedelta(minutes=30)


def record_reading(enquiry: Enquiry, reading: Reading, reader: User, glass: BreakGlass | None = None) -> None:
    AccessLogEntry.objects.create(
        enquiry_id=enquiry.pk,
        reference=enquiry.reference,
        reading=reading,
        reader=reader,
        break_glass=glass,
    )


def record_list(enquiries: Iterable[Enquiry], reading: Reading, reader: User) -> None:
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(enquiry_id=enquiry.pk, reference=enquiry.reference, reading=reading, reader=reader)
        for enquiry in enquiries
    )


def record_therapist_reading(enquiry: Enquiry, reading: Reading, therapist: TherapistPage) -> None:
    """A therapist has no account: the signed link says who it is."""
    AccessLogEntry.objects.create(
        enquiry_id=enquiry.pk, reference=enquiry.reference, reading=reading, therapist_id=therapist.pk
    )


def break_glass(enquiry: Enquiry, administrator: User, reason: str) -> BreakGlass:
    return BreakGlass.objects.create(
        enquiry_id=enquiry.pk,
        reference=enquiry.reference,
        opened_by=administrator,
        reason=reason,
        expires_at=timezone.now() + GLASS_STAYS_BROKEN,
    )


def broken_glass(enquiry: Enquiry, administrator: User) -> BreakGlass | None:
    """The administrator's reason for this enquiry, while it counts."""
    return BreakGlass.objects.filter(
        enquiry_id=enquiry.pk, opened_by=administrator, expires_at__gt=timezone.now()
    ).first()
