"""For the readiness check: whether e-mails are sent, old enquiries erased, and erasures noted in time."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from therapists.enquiries.models import OutgoingMessage, PurgeRun
from therapists.enquiries.services.erasures import keep_erasure
from therapists.enquiries.services.lateness import late_for_everyone
from therapists.enquiries.services.retention import past_retention

#: The purge runs every hour; three missed runs are a fault.
PURGE_MAY_BE_LATE = timedelta(hours=3)
#: An e-mail older than this is late, even where it waits for its next attempt.
MAIL_MAY_BE_LATE = timedelta(minutes=30)
#: An erasure is noted at once, or else tried each minute.
NOTE_MAY_FAIL = 5


def oldest_unsent_age() -> timedelta | None:
    """Return how long the oldest unsent e-mail has waited, or None where there is none."""
    oldest = OutgoingMessage.objects.unsent().order_by("created_at").values_list("created_at", flat=True)
    created_at = oldest.first()
    return None if created_at is None else timezone.now() - created_at


def mail_is_refused() -> bool:
    """Return whether the server, the sender's address or a setting stops e-mails, whoever they are for."""
    return OutgoingMessage.objects.failing_through_us().exists()


def mail_is_late() -> bool:
    age = oldest_unsent_age()
    return age is not None and age > MAIL_MAY_BE_LATE


def enquiries_stay_late() -> bool:
    """Return whether an enquiry is late though its owner and a second person were told."""
    return late_for_everyone().exists()


def purge_is_late() -> bool:
    """Return whether something should be gone by now, and the purge has not run for a while."""
    if not past_retention(timezone.now() - PURGE_MAY_BE_LATE).exists():
        return False
    ran_lately = PurgeRun.objects.filter(finished_at__gt=timezone.now() - PURGE_MAY_BE_LATE)
    return not ran_lately.exists()


def erasures_are_not_noted() -> bool:
    """Return whether what was erased cannot be written down: a restored backup would bring it back."""
    jobs = ProcrastinateJob.objects.filter(task_name=keep_erasure.name)
    return jobs.filter(status="todo", attempts__gte=NOTE_MAY_FAIL).exists()
