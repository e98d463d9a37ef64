"""A missed deadline wakes someone: its owner, then a second person, then everyone who watches the site.

What is read for safety is counted by the clock, day and night; all else in the practice's working time. A
safety check is asked for again and again until somebody has read it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.outbox import SendingState
from therapists.enquiries.access.team import team_members
from therapists.enquiries.mail.queue import queue_message
from therapists.enquiries.models import (
    Enquiry,
    EnquirySettings,
    Escalation,
    EscalationLevel,
    FollowUp,
    MessageKind,
    OutgoingMessage,
)
from therapists.enquiries.working_time import WorkingTime, working_time

#: How long past its deadline an enquiry is when each is told.
PATIENCE = {
    EscalationLevel.OWNER: timedelta(0),
    EscalationLevel.SECOND: timedelta(hours=2),
    EscalationLevel.EVERYONE: timedelta(hours=4),
}
SAFETY_PATIENCE = {
    EscalationLevel.OWNER: timedelta(0),
    EscalationLevel.SECOND: timedelta(minutes=30),
    EscalationLevel.EVERYONE: timedelta(hours=1),
}
#: How often a safety check that nobody has read is asked for again.
ASK_AGAIN_AFTER = timedelta(hours=1)


def escalate_late() -> None:
    """Tell those whose turn it is of each enquiry past its deadline, each once."""
    hours, now = working_time(), timezone.now()
    for key in list(Enquiry.objects.late().values_list("pk", flat=True)):
        _escalate(key, hours, now)


@transaction.atomic
def _escalate(enquiry_id: UUID, hours: WorkingTime, now: datetime) -> None:
    enquiry = Enquiry.objects.late().select_for_update(of=("self",)).filter(pk=enquiry_id).first()
    if enquiry is None or enquiry.deadline is None:
        return  # somebody acted while the list was made
    is_safety = enquiry.follow_ups.unread_for_safety().exists()
    late_by = now - enquiry.deadline if is_safety else hours.between(enquiry.deadline, now)
    told = set(enquiry.escalations.filter(deadline=enquiry.deadline).values_list("level", flat=True))
    for level, patience in (SAFETY_PATIENCE if is_safety else PATIENCE).items():
        if late_by < patience or level in told:
            continue
        Escalation.objects.create(enquiry=enquiry, deadline=enquiry.deadline, level=level)
        if level == EscalationLevel.OWNER:
            queue_message(enquiry, MessageKind.LATE, reader=enquiry.owner)
        elif level == EscalationLevel.SECOND:
            queue_message(enquiry, MessageKind.LATE, reader=EnquirySettings.load().second_person)


def late_for_everyone() -> QuerySet[Enquiry]:
    """Return what stayed late although its owner and the second person were told."""
    reached = Escalation.objects.filter(
        enquiry=OuterRef("pk"), deadline=OuterRef("deadline"), level=EscalationLevel.EVERYONE
    )
    return Enquiry.objects.late().filter(Exists(reached))


def ask_to_read(enquiry: Enquiry, *, unless_asked_since: datetime | None = None) -> None:
    """E-mail the owner and the team that it waits, or the practice where none of them has an address.

    With `unless_asked_since`, leave out whoever was asked to read any enquiry since then.
    """
    readers: set[User] = set(team_members().exclude(email=""))
    if enquiry.owner and enquiry.owner.email:
        readers.add(enquiry.owner)
    addressees: list[User | None] = [*sorted(readers, key=lambda person: person.pk)] or [None]
    asked: set[int | None] = set()
    if unless_asked_since:
        recent = OutgoingMessage.objects.filter(
            kind=MessageKind.READ_TODAY, created_at__gte=unless_asked_since
        )
        asked = set(recent.values_list("reader", flat=True))
    for reader in addressees:
        if (reader.pk if reader else None) not in asked:
            queue_message(enquiry, MessageKind.READ_TODAY, reader=reader)


def unread_safety_checks() -> QuerySet[Enquiry]:
    """Return the enquiries of which nobody has said yet that they read them for safety."""
    return Enquiry.objects.filter(Exists(FollowUp.objects.unread_for_safety().filter(enquiry=OuterRef("pk"))))


def chase_safety_checks() -> None:
    """Ask again to read what nobody has read, unless e-mails of before wait to be sent.

    However many there are, nobody is asked more often than once in that time.
    """
    for key in list(unread_safety_checks().values_list("pk", flat=True)):
        _chase(key, timezone.now() - ASK_AGAIN_AFTER)


@transaction.atomic
def _chase(enquiry_id: UUID, since: datetime) -> None:
    enquiry = unread_safety_checks().select_for_update(of=("self",)).filter(pk=enquiry_id).first()
    if enquiry is None:
        return
    asked = enquiry.messages.filter(kind=MessageKind.READ_TODAY)
    waits = asked.filter(state__in=[SendingState.QUEUED, SendingState.SENDING])
    if not waits.exists() and not asked.filter(created_at__gte=since).exists():
        ask_to_read(enquiry, unless_asked_since=since)
