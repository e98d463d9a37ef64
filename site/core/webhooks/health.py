"""Whether deliveries leave this site: for the readiness check."""

from datetime import timedelta

from core.webhooks.models import Delivery

#: One that is due for longer than this has no worker to send it.
MAY_BE_LATE = timedelta(minutes=15)


def deliveries_are_late() -> bool:
    """A receiver that is down is its own affair: what waits for its next attempt is not due."""
    return Delivery.objects.due(for_longer_than=MAY_BE_LATE).exists()
