"""Once the mail server takes e-mails again, those that waited for it are tried soon.

A wait grows to twelve hours while a server is away. What shows that it is back is an e-mail that got through;
where nobody writes one, the oldest that waits is tried now and then.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.outbox import BACK_OFF, SendingState, enqueue
from therapists.enquiries.mail.queue import deliver_message
from therapists.enquiries.models import MessageQuerySet, OutgoingMessage

#: What is due sooner than this is left to its own time.
SOON = timedelta(minutes=5)
#: An e-mail that fails for a reason of its own is hurried no more often.
AT_MOST_EACH = timedelta(minutes=15)
#: While no e-mail at all is tried, one is, so often.
PROBED_EACH = timedelta(minutes=30)
#: Those of one run, and over how long they are spread: a server that is just back is not overrun.
MOST_AT_ONCE = 200
SPREAD = timedelta(minutes=2)
#: What is older is given up in its usual time.
HURRIED_FOR = sum(BACK_OFF, start=timedelta(0))


@transaction.atomic
def try_again_soon(*, at_most_each: timedelta = AT_MOST_EACH) -> int:
    """Make due what failed through the server and was last tried before an e-mail got through.

    Return how many. Where none got through and nothing was tried for a while, the oldest is.
    """
    now = timezone.now()
    waiting = list(_waiting(now).select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    sent_at = OutgoingMessage.objects.aggregate(latest=Max("sent_at"))["latest"]
    hurried = [
        row
        for row in waiting
        if sent_at and last_tried(row) < sent_at and last_tried(row) <= now - at_most_each
    ]
    if not hurried and all(last_tried(row) <= now - PROBED_EACH for row in waiting):
        hurried = waiting[:1]
    for position, row in enumerate(hurried):
        row.next_attempt_at = now + SPREAD * position / len(hurried)
        # Their time is not used up: they were kept waiting through no fault of theirs.
        row.attempts -= 1
        row.save(update_fields=["next_attempt_at", "attempts"])
        enqueue(deliver_message, row.pk, row.next_attempt_at)
    return len(hurried)


def last_tried(row: OutgoingMessage) -> datetime:
    """Return when an e-mail that waits for its next attempt had its last one."""
    return row.next_attempt_at - BACK_OFF[row.attempts - 1]


def _waiting(now: datetime) -> MessageQuerySet:
    failing = OutgoingMessage.objects.failing_through_us()
    return failing.filter(
        state=SendingState.QUEUED, next_attempt_at__gt=now + SOON, created_at__gt=now - HURRIED_FOR
    ).order_by("created_at")
