"""For the readiness check: whether publishing is in time, the cache answers, and disks have room."""

import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Revision

#: The periodic task runs every minute.
MAY_BE_LATE = timedelta(minutes=10)
#: The least part of a disk that is free.
LEAST_FREE = 0.05


def publishing_is_late() -> bool:
    """Return whether a draft is overdue: no worker runs, or an earlier draft cannot be published as it is."""
    return late_revisions().exists()


def late_revisions() -> QuerySet[Revision]:
    """Return the drafts that were to be public by now."""
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now() - MAY_BE_LATE)


def cache_answers() -> bool:
    """Return whether what is put into the configured cache can be taken out again."""
    key, value = f"health-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, timeout=10)
        return cache.get(key) == value
    except Exception:  # noqa: BLE001 - each kind of cache fails in its own way
        return False


def free_parts() -> dict[str, float]:
    """Return which part is free, between 0 and 1, of the disks with uploads and with backups."""
    folders = {"media": Path(settings.MEDIA_ROOT), "backups": Path(settings.BACKUP_ROOT)}
    return {name: _free_part(folder) for name, folder in folders.items()}


def a_disk_is_nearly_full() -> bool:
    return min(free_parts().values()) < LEAST_FREE


def _free_part(folder: Path) -> float:
    """Of the disk where the folder is, or will be once there is something in it."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    return usage.free / usage.total
