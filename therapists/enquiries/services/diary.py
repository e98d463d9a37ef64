"""The times that enquiries take in the diaries of therapists: held, confirmed, given back.

No therapist is booked twice: the database refuses it, whoever comes first.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
)
from therapists.models import TherapistPage


def during(therapist: TherapistPage, starts: datetime) -> DateTimeTZRange:
    return DateTimeTZRange(starts, starts + timedelta(minutes=therapist.consultation_minutes))


def take(
    enquiry: Enquiry, therapist: TherapistPage, starts: Iterable[datetime], state: ConsultationState
) -> list[Consultation]:
    """Take all of these times, or raise ValidationError and take none."""
    try:
        with transaction.atomic():
            return [
                Consultation.objects.create(
                    enquiry=enquiry, therapist=therapist, during=during(therapist, start), state=state
                )
                for start in starts
            ]
    except IntegrityError:
        raise ValidationError(_("One of these times is already taken in your diary.")) from None


def taken(therapists: Collection[int], starts: datetime, ends: datetime) -> dict[int, list[DateTimeTZRange]]:
    """What is booked already between the two moments, by therapist. One query."""
    booked: dict[int, list[DateTimeTZRange]] = {therapist: [] for therapist in therapists}
    rows = Consultation.objects.taken().filter(
        therapist__in=therapists, during__overlap=DateTimeTZRange(starts, ends)
    )
    for therapist, time in rows.values_list("therapist", "during"):
        booked[therapist].append(time)
    return booked


def is_free(time: DateTimeTZRange, booked: Iterable[DateTimeTZRange]) -> bool:
    return all(time.upper <= other.lower or other.upper <= time.lower for other in booked)


def preferred_and_free(enquiry: Enquiry, therapist: TherapistPage) -> list[datetime]:
    """The times that the visitor gave which are still to come and free in the therapist's diary."""
    starts = list(enquiry.preferred_times.to_come().values_list("starts", flat=True))
    if not starts:
        return []
    booked = taken([therapist.pk], starts[0], during(therapist, starts[-1]).upper)[therapist.pk]
    return [start for start in starts if is_free(during(therapist, start), booked)]


def confirm(enquiry: Enquiry, consultation: Consultation) -> None:
    """Let the enquiry's other times go and invite both, the visitor where writing to them is safe."""
    enquiry.consultations.taken().exclude(pk=consultation.pk).update(state=ConsultationState.RELEASED)
    consultation.state = ConsultationState.CONFIRMED
    consultation.save(update_fields=["state"])
    if enquiry.deadline and enquiry.deadline < consultation.during.upper:
        # Before that no one can say whether it took place.
        enquiry.deadline = consultation.during.upper
        enquiry.save(update_fields=["deadline"])
    queue_message(enquiry, MessageKind.CONSULTATION_THERAPIST, consultation=consultation)
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.CONSULTATION_VISITOR, consultation=consultation)


def give_back(enquiry: Enquiry, *, visitor_knows: bool = False) -> bool:
    """Free every time that an enquiry takes. Whether a confirmed one was called off, and both told."""
    confirmed = enquiry.consultations.confirmed().to_come().first()
    if confirmed:
        confirmed.state = ConsultationState.CALLED_OFF
        confirmed.save(update_fields=["state"])
        queue_message(enquiry, MessageKind.CALLED_OFF_THERAPIST, consultation=confirmed)
        if enquiry.contact.may_be_emailed:
            queue_message(enquiry, MessageKind.CALLED_OFF_VISITOR, consultation=confirmed)
        elif not visitor_knows:
            FollowUp.objects.create(enquiry=enquiry, kind=FollowUpKind.NOT_SAFE_TO_EMAIL)
    enquiry.consultations.taken().update(state=ConsultationState.RELEASED)
    return confirmed is not None


def tell_therapist_before_erasing(enquiry: Enquiry) -> None:
    """Take a confirmed time away from the enquiry, so that its therapist can be told that it is called off.

    What stays says when and with which therapist. Nothing leads to the person any more.
    """
    confirmed = enquiry.consultations.confirmed().to_come().first()
    if confirmed:
        confirmed.enquiry = None
        confirmed.state = ConsultationState.CALLED_OFF
        confirmed.save(update_fields=["enquiry", "state"])
        queue_message(None, MessageKind.CALLED_OFF_THERAPIST, consultation=confirmed)
