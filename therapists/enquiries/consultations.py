"""A time for the first consultation: the therapist proposes, the visitor chooses, both are invited."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.lifecycle import locked
from therapists.enquiries.models import Consultation, ConsultationState, Enquiry, MessageKind
from therapists.enquiries.offers import notify_visitor
from therapists.enquiries.outbox import queue_message
from therapists.models import TherapistPage

MOST_PROPOSALS = 5


@transaction.atomic
def propose(enquiry_id: UUID, starts: Iterable[datetime]) -> list[Consultation]:
    """Hold times in the therapist's diary for the visitor to choose from, instead of any earlier ones."""
    enquiry, therapist = _introduced(enquiry_id)
    times = sorted(set(starts))
    if not times or len(times) > MOST_PROPOSALS:
        raise ValidationError(_("Propose between one and five times."))
    if times[0] <= timezone.now():
        raise ValidationError(_("Propose times that are still to come."))
    _let_go(enquiry)
    length = timedelta(minutes=therapist.consultation_minutes)
    try:
        with transaction.atomic():
            proposed = [
                Consultation.objects.create(
                    enquiry=enquiry,
                    therapist=therapist,
                    during=DateTimeTZRange(start, start + length),
                )
                for start in times
            ]
    except IntegrityError:
        raise ValidationError(_("One of these times is already taken in your diary.")) from None
    notify_visitor(enquiry)
    return proposed


@transaction.atomic
def choose(enquiry_id: UUID, consultation_id: UUID) -> Consultation:
    """Confirm the time that the visitor chose, let the others go, and invite both."""
    enquiry, _therapist = _introduced(enquiry_id)
    consultation = enquiry.consultations.proposed().filter(pk=consultation_id).first()
    if consultation is None:
        raise ValidationError(_("This time is no longer free. Choose another."))
    consultation.state = ConsultationState.CONFIRMED
    others = enquiry.consultations.exclude(pk=consultation.pk)
    others.update(state=ConsultationState.RELEASED)
    consultation.save(update_fields=["state"])
    queue_message(enquiry, MessageKind.CONSULTATION_THERAPIST, consultation=consultation)
    contact = enquiry.contact
    if contact.email and contact.safe_to_email:
        queue_message(enquiry, MessageKind.CONSULTATION_VISITOR, consultation=consultation)
    return consultation


def _introduced(enquiry_id: UUID) -> tuple[Enquiry, TherapistPage]:
    enquiry = locked(enquiry_id)
    if enquiry.state != State.INTRODUCED or enquiry.therapist is None:
        raise ValidationError(_("This can no longer be changed here."))
    return enquiry, enquiry.therapist


def _let_go(enquiry: Enquiry) -> None:
    enquiry.consultations.exclude(state=ConsultationState.RELEASED).update(state=ConsultationState.RELEASED)
