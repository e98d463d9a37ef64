"""Whether there is a good backup of late."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from core.models import BackupRun

#: One is made each day; a day that was missed is a fault.
BACKUP_MAY_BE_LATE = timedelta(hours=36)


def are_backups_made_here() -> bool:
    """Return whether backups are set up: the provider of a database may make them instead."""
    return bool(settings.BACKUP_RECIPIENTS)


def latest_backup() -> datetime | None:
    """Return when the newest backup was made that was written, read back and found right, or None."""
    return BackupRun.objects.values_list("made_at", flat=True).order_by("-made_at").first()


def backup_age() -> timedelta | None:
    latest = latest_backup()
    return None if latest is None else timezone.now() - latest


def backup_is_late() -> bool:
    """Return whether backups are set up, and the newest good one is too old or missing."""
    age = backup_age()
    return are_backups_made_here() and (age is None or age > BACKUP_MAY_BE_LATE)
