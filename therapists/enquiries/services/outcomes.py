"""What became of an introduction: both are asked once its time has passed, and either may say."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.urgent_words import urgent_groups
from therapists.enquiries.enums import State
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Consultation,
    ConsultationOutcome,
    ConsultationState,
    Enquiry,
    FollowUpKind,
    MessageKind,
    OfferState,
    OutcomeReport,
    OutgoingMessage,
    Side,
)
from therapists.enquiries.services.lifecycle import move

#: After the end of a consultation, before anybody is asked.
ASKED_AFTER = timedelta(hours=1)
#: Where no time was set here, they may have found one by themselves.
MAY_HAVE_MET_AFTER = timedelta(days=2)
_ASKING = [MessageKind.OUTCOME_VISITOR, MessageKind.OUTCOME_THERAPIST]


def possible_outcomes(enquiry: Enquiry) -> list[ConsultationOutcome]:
    """Return what may be said now: nothing before a time that is set, or once it is decided."""
    if enquiry.state == State.CONSULTED:
        return [ConsultationOutcome.STARTING, ConsultationOutcome.NOT_A_FIT]
    if enquiry.state != State.INTRODUCED:
        return []
    confirmed = enquiry.consultations.confirmed().first()
    if confirmed:
        return list(ConsultationOutcome) if confirmed.is_over else []
    if enquiry.state_since + MAY_HAVE_MET_AFTER > timezone.now():
        return []
    return [outcome for outcome in ConsultationOutcome if outcome != ConsultationOutcome.NOT_COME]


@transaction.atomic
def report_outcome(enquiry_id: UUID, side: Side, outcome: ConsultationOutcome, words: str = "") -> None:
    """Keep what one of the two says, and act on it. Raise ValidationError where it cannot be said now."""
    enquiry = Enquiry.objects.locked(enquiry_id)
    if outcome not in possible_outcomes(enquiry):
        raise ValidationError(_("This can no longer be said here."))
    report = OutcomeReport.objects.create(enquiry=enquiry, side=side, outcome=outcome, words=words)
    if side == Side.VISITOR and urgent_groups(words):
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.READ_FOR_SAFETY, done_at=None)
    if outcome == ConsultationOutcome.NOT_COME:
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.DID_NOT_COME, done_at=None)
        return
    if enquiry.state == State.INTRODUCED:
        move(enquiry.pk, State.CONSULTED, reason=str(report))
    if outcome == ConsultationOutcome.STARTING:
        move(enquiry.pk, State.STARTED, reason=str(report))
    elif outcome == ConsultationOutcome.NOT_A_FIT:
        _look_again(enquiry, side, str(report))


def _look_again(enquiry: Enquiry, side: Side, reason: str) -> None:
    """Give it back to a matcher, who finds someone else. The other side is told."""
    offers = enquiry.offers.filter(state=OfferState.ACCEPTED, therapist=enquiry.therapist_id)
    offers.update(state=OfferState.NOT_A_FIT)
    move(enquiry.pk, State.NOT_STARTED, reason=reason, therapist_knows=side == Side.THERAPIST)
    move(enquiry.pk, State.REVIEW, reason=reason, visitor_knows=side == Side.VISITOR)
    enquiry.follow_ups.get_or_create(kind=FollowUpKind.NOT_A_FIT, done_at=None)


def ask_what_became() -> int:
    """Ask both by e-mail, once, whose time has passed. Return of how many consultations."""
    over = Consultation.objects.filter(
        state=ConsultationState.CONFIRMED,
        enquiry__state=State.INTRODUCED,
        during__endswith__lt=timezone.now() - ASKED_AFTER,
    )
    asked = OutgoingMessage.objects.filter(kind__in=_ASKING, consultation__isnull=False)
    keys = list(over.exclude(pk__in=asked.values("consultation")).values_list("pk", flat=True))
    for key in keys:
        _ask(key)
    return len(keys)


@transaction.atomic
def _ask(consultation_id: UUID) -> None:
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(consultations=consultation_id).first()
    consultation = Consultation.objects.filter(pk=consultation_id, enquiry=enquiry).first()
    if (
        enquiry is None
        or consultation is None
        or OutgoingMessage.objects.filter(kind__in=_ASKING, consultation=consultation).exists()
    ):
        return
    queue_message(enquiry, MessageKind.OUTCOME_THERAPIST, consultation=consultation)
    if enquiry.contact.may_be_emailed:
        queue_message(enquiry, MessageKind.OUTCOME_VISITOR, consultation=consultation)
