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
    OutcomeReportQuerySet,
    OutgoingMessage,
    Side,
)
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.one_by_one import one_by_one

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


def outcomes_to_say(enquiry: Enquiry, side: Side) -> list[ConsultationOutcome]:
    """Return what one of the two may say now: more than is possible, while only the other has said it."""
    possible = possible_outcomes(enquiry)
    sides = set(_said(enquiry).values_list("side", flat=True))
    if not sides or side in sides or enquiry.state not in {State.CONSULTED, State.STARTED}:
        return possible
    more = [ConsultationOutcome.STARTING, ConsultationOutcome.NOT_A_FIT, ConsultationOutcome.NOT_COME]
    return [outcome for outcome in ConsultationOutcome if outcome in {*possible, *more}]


def accounts_differ(enquiry: Enquiry) -> bool:
    """Return whether somebody still has to find out, because the two say what cannot both be."""
    return enquiry.follow_ups.filter(kind=FollowUpKind.ACCOUNTS_DIFFER, done_at=None).exists()


def latest_said(enquiry: Enquiry, side: Side) -> OutcomeReport | None:
    return _said(enquiry).filter(side=side).last()


@transaction.atomic
def report_outcome(enquiry_id: UUID, side: Side, outcome: ConsultationOutcome, words: str = "") -> None:
    """Keep what one of the two says, and act on it.

    The first word of one side that comes after the other's is kept and changes no state; where both cannot
    be, it is a task. Raise ValidationError where there is nothing to say yet, or any more.
    """
    enquiry = Enquiry.objects.locked(enquiry_id)
    is_first_word = outcome in possible_outcomes(enquiry)
    before = latest_said(enquiry, side)
    if not is_first_word:
        if before and before.outcome == outcome and not words:
            return  # a second click
        if outcome not in outcomes_to_say(enquiry, side) and (before or not _may_say_late(enquiry)):
            raise ValidationError(_("This can no longer be said here."))
    others = latest_said(enquiry, Side.THERAPIST if side == Side.VISITOR else Side.VISITOR)
    if others and _differ(outcome, others.outcome):
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.ACCOUNTS_DIFFER, done_at=None)
    report = OutcomeReport.objects.create(enquiry=enquiry, side=side, outcome=outcome, words=words)
    if side == Side.VISITOR and urgent_groups(words):
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.READ_FOR_SAFETY, done_at=None)
    if is_first_word:
        _act_on(enquiry, report)


def _said(enquiry: Enquiry) -> OutcomeReportQuerySet:
    return enquiry.outcome_reports.of_this_introduction()


def _may_say_late(enquiry: Enquiry) -> bool:
    """Return whether somebody has spoken, and the person still wants the practice to do something."""
    return enquiry.state not in {State.WITHDRAWN, State.CLOSED} and _said(enquiry).exists()


def _differ(one: str, other: str) -> bool:
    """Return whether two accounts cannot both be. Each may have waited for the other, who did not come."""
    if one == other:
        return False
    opposite = {ConsultationOutcome.STARTING, ConsultationOutcome.NOT_A_FIT}
    return {one, other} == opposite or ConsultationOutcome.NOT_COME in {one, other}


def _act_on(enquiry: Enquiry, report: OutcomeReport) -> None:
    if report.outcome == ConsultationOutcome.NOT_COME:
        enquiry.follow_ups.get_or_create(kind=FollowUpKind.DID_NOT_COME, done_at=None)
        return
    if enquiry.state == State.INTRODUCED:
        move(enquiry.pk, State.CONSULTED, reason=str(report))
    if report.outcome == ConsultationOutcome.STARTING:
        move(enquiry.pk, State.STARTED, reason=str(report))
    elif report.outcome == ConsultationOutcome.NOT_A_FIT:
        _look_again(enquiry, Side(report.side), str(report))


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
    one_by_one(_ask, keys)
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
