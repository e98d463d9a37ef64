"""For the readiness check: whether scheduled publishing happens in time."""

import secrets
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Revision

#: The periodic task runs every minute.
MAY_BE_LATE = timedelta(minutes=10)


def publishing_is_late() -> bool:
    """Return whether a draft is overdue: no worker runs, or an earlier draft cannot be published as it is."""
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now() - MAY_BE_LATE).exists()


def cache_answers() -> bool:
    """Return whether what is put into the configured cache can be taken out again."""
    key, value = f"health-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, timeout=10)
        return cache.get(key) == value
    except Exception:  # noqa: BLE001 - each kind of cache fails in its own way
        return False
