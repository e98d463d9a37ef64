"""Times for the first consultation: taken in the diaries of therapists, confirmed, and called off.

No therapist is booked twice: the database refuses it, whoever comes first.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import notify_visitor, queue_message
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUp,
    FollowUpKind,
    MessageKind,
    consultation_time,
)
from therapists.models import TherapistPage

MOST_PROPOSALS = 5
FURTHEST_AHEAD = timedelta(days=92)


@transaction.atomic
def propose(enquiry_id: UUID, starts: Iterable[datetime]) -> list[Consultation]:
    """Take times in the therapist's diary for the visitor to choose from, instead of any earlier ones.

    A time that was confirmed is called off with it.
    """
    enquiry, therapist = _introduced(enquiry_id)
    times = sorted(set(starts))
    if not times or len(times) > MOST_PROPOSALS:
        raise ValidationError(_("Propose between one and five times."))
    if times[0] <= timezone.now():
        raise ValidationError(_("Propose times that are still to come."))
    if times[-1] > timezone.now() + FURTHEST_AHEAD:
        raise ValidationError(_("Propose times within the next three months. Is the year right?"))
    length = timedelta(minutes=therapist.consultation_minutes)
    if any(later - earlier < length for earlier, later in pairwise(times)):
        raise ValidationError(
            _("Two of these times overlap: a conversation takes %(minutes)s minutes.")
            % {"minutes": therapist.consultation_minutes}
        )
    visitor_is_told = release_times(enquiry)
    proposed = take_times(enquiry, therapist, times, ConsultationState.PROPOSED)
    if not visitor_is_told:
        notify_visitor(enquiry)
    return proposed


@transaction.atomic
def choose(enquiry_id: UUID, consultation_id: UUID) -> Consultation:
    """Confirm the time that the visitor chose, let the others go, and invite both."""
    enquiry, _therapist = _introduced(enquiry_id)
    consultation = enquiry.consultations.proposed().filter(pk=consultation_id).first()
    if consultation is None:
        raise ValidationError(_("This time is no longer free. Choose another."))
    confirm(enquiry, consultation)
    return consultation


@transaction.atomic
def cannot_make_it(enquiry_id: UUID, *, by_visitor: bool = True) -> None:
    """Call off the confirmed time, for the visitor or the therapist. The therapist is asked for others."""
    enquiry, _therapist = _introduced(enquiry_id)
    if not release_times(enquiry, visitor_knows=by_visitor):
        raise ValidationError(_("There is no time to call off any more."))


@transaction.atomic
def say_running_late(enquiry_id: UUID) -> None:
    """Tell the therapist, once, that the visitor comes late to what is about to begin."""
    enquiry, _therapist = _introduced(enquiry_id)
    consultation = enquiry.consultations.confirmed().first()
    if consultation is None or not consultation.may_be_late_for:
        raise ValidationError(_("No conversation is about to begin."))
    if not enquiry.messages.filter(kind=MessageKind.RUNNING_LATE, consultation=consultation).exists():
        queue_message(enquiry, MessageKind.RUNNING_LATE, consultation=consultation)


def _introduced(enquiry_id: UUID) -> tuple[Enquiry, TherapistPage]:
    enquiry = Enquiry.objects.locked(enquiry_id)
    if enquiry.state != State.INTRODUCED or enquiry.therapist is None:
        raise ValidationError(_("This can no longer be changed here."))
    return enquiry, enquiry.therapist


def take_times(
    enquiry: Enquiry, therapist: TherapistPage, starts: Iterable[datetime], state: ConsultationState
) -> list[Consultation]:
    """Take all of these times, or raise ValidationError and take none."""
    try:
        with transaction.atomic():
            return [
                Consultation.objects.create(
                    enquiry=enquiry,
                    therapist=therapist,
                    during=consultation_time(therapist, start),
                    state=state,
                )
                for start in starts
            ]
    except IntegrityError:
        raise ValidationError(_("One of these times is already taken in your diary.")) from None


def confirm(enquiry: Enquiry, consultation: Consultation, *, with_introduction: bool = False) -> None:
    """Let the enquiry's other times go and invite both, the visitor where writing to them is safe.

    The letter that introduces them to the therapist carries the invitation of a time that is set with it.
    """
    enquiry.consultations.taken().exclude(pk=consultation.pk).update(state=ConsultationState.RELEASED)
    consultation.state = ConsultationState.CONFIRMED
    consultation.save(update_fields=["state"])
    if enquiry.deadline and enquiry.deadline < consultation.during.upper:
        # Before that no one can say whether it took place.
        enquiry.deadline = consultation.during.upper
        enquiry.save(update_fields=["deadline"])
    if not with_introduction:
        queue_message(enquiry, MessageKind.CONSULTATION_THERAPIST, consultation=consultation)
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.CONSULTATION_VISITOR, consultation=consultation)


def release_times(enquiry: Enquiry, *, visitor_knows: bool = False) -> bool:
    """Free every time that an enquiry takes. Return whether a confirmed one was called off, and both told."""
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


def call_off_before_erasing(enquiry: Enquiry) -> bool:
    """Call off a confirmed time and take it from the enquiry, so that its therapist can be told of it later.

    The row that stays says when and with which therapist. Nothing in it leads to the person. Return whether
    there was one.
    """
    confirmed = enquiry.consultations.confirmed().to_come().first()
    if confirmed:
        confirmed.enquiry = None
        confirmed.state = ConsultationState.CALLED_OFF
        confirmed.save(update_fields=["enquiry", "state"])
        queue_message(None, MessageKind.CALLED_OFF_THERAPIST, consultation=confirmed)
    return confirmed is not None
