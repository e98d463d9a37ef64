"""After the introduction, another time for the first consultation: proposed, chosen, or called off."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import notify_visitor
from therapists.enquiries.models import Consultation, ConsultationState, Enquiry
from therapists.enquiries.services.diary import confirm, give_back, take
from therapists.enquiries.services.lifecycle import locked
from therapists.models import TherapistPage

MOST_PROPOSALS = 5


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
    visitor_is_told = give_back(enquiry)
    proposed = take(enquiry, therapist, times, ConsultationState.PROPOSED)
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
def cannot_make_it(enquiry_id: UUID) -> None:
    """The visitor calls the confirmed time off, and the therapist is asked for others."""
    enquiry, _therapist = _introduced(enquiry_id)
    if not give_back(enquiry, visitor_knows=True):
        raise ValidationError(_("There is no time to call off any more."))


def _introduced(enquiry_id: UUID) -> tuple[Enquiry, TherapistPage]:
    enquiry = locked(enquiry_id)
    if enquiry.state != State.INTRODUCED or enquiry.therapist is None:
        raise ValidationError(_("This can no longer be changed here."))
    return enquiry, enquiry.therapist
