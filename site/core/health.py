"""Whether what was given a time happens at that time: for the readiness check."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Revision

#: The clock looks every minute.
MAY_BE_LATE = timedelta(minutes=10)


def publishing_is_late() -> bool:
    """Something should be live by now: no worker runs, or a draft before it cannot be published as it is."""
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now() - MAY_BE_LATE).exists()
