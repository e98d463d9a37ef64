"""For the readiness check: whether deliveries are sent."""

from datetime import timedelta

from core.webhooks.models import Delivery

#: A delivery that is due for longer than this has no worker to send it.
MAY_BE_LATE = timedelta(minutes=15)


def deliveries_are_late() -> bool:
    """Return whether a delivery is overdue. One that waits for its next attempt is not."""
    return Delivery.objects.due(for_longer_than=MAY_BE_LATE).exists()
