"""Where backups lie: a folder each, named by the moment in UTC. Only finished ones have such a name."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from core.backups.errors import BackupError
from core.backups.rotation import to_keep

NAME = "%Y-%m-%dT%H%M%SZ"
UNFINISHED = ".unfinished-"


def folder_of(made_at: datetime) -> Path:
    return Path(settings.BACKUP_ROOT) / made_at.strftime(NAME)


def finished() -> dict[datetime, Path]:
    """Return the folder of each backup by when it was made, the newest last."""
    root = Path(settings.BACKUP_ROOT)
    backups = {made_at: path for path in _entries(root) if (made_at := _made_at(path.name))}
    return dict(sorted(backups.items()))


def latest() -> Path:
    if backups := finished():
        return list(backups.values())[-1]
    raise BackupError(f"There is no backup in {settings.BACKUP_ROOT}.")


def delete_old() -> int:
    """Delete the backups whose time is over, and return how many those were."""
    backups = finished()
    kept = to_keep(
        backups,
        daily=settings.BACKUP_KEEP_DAILY,
        weekly=settings.BACKUP_KEEP_WEEKLY,
        monthly=settings.BACKUP_KEEP_MONTHLY,
    )
    old = [path for made_at, path in backups.items() if made_at not in kept]
    for path in old:
        # Under this name, what is left of a half-deleted one is taken for no backup.
        half_deleted = path.with_name(f"{UNFINISHED}{path.name}")
        path.rename(half_deleted)
        shutil.rmtree(half_deleted)
    return len(old)


def delete_unfinished() -> None:
    """Delete what a killed run has left. Only whoever holds the lock of backups may."""
    for path in _entries(Path(settings.BACKUP_ROOT)):
        if path.name.startswith(UNFINISHED):
            shutil.rmtree(path)


def _entries(root: Path) -> list[Path]:
    return list(root.iterdir()) if root.is_dir() else []


def _made_at(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
