"""Bring a backup back into an empty database. What is wrong with it is said before anything is written."""

from datetime import datetime
from pathlib import Path

from django.db import connection

from core.backups import manifest, postgres_programs
from core.backups.age_encryption import Identity, decrypt
from core.backups.errors import BackupError
from core.backups.making import DATABASE, MEDIA, encrypted_file
from core.backups.manifest import Manifest
from core.backups.media_archive import restore_media
from core.signals import site_restored


def restore(folder: Path, keys: list[Identity]) -> list[str]:
    """Restore the database and the uploads, and return what was done, a sentence each."""
    described = manifest.read(folder)
    _check_files(folder, described)
    _check_database_is_empty()
    with (
        (folder / DATABASE).open("rb") as source,
        postgres_programs.restoring(described.dump_version) as dump,
    ):
        decrypt(source, dump, keys)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    uploads = restore_media(str(folder / MEDIA), keys)
    return [
        f"Restored the database of {described.made_at:%d %B %Y, %H:%M} UTC and {uploads} uploads.",
        *bring_up_to_date(described.made_at),
    ]


def bring_up_to_date(made_at: datetime) -> list[str]:
    """Let each app bring up to date what came back, and return what they say of it."""
    return [f"{said}" for _receiver, said in site_restored.send(sender=None, made_at=made_at)]


def _check_files(folder: Path, described: Manifest) -> None:
    for name, expected in {DATABASE: described.database, MEDIA: described.media}.items():
        try:
            found = encrypted_file(folder / name)
        except FileNotFoundError:
            raise BackupError(f"{name} is missing in {folder}.") from None
        if found != expected:
            raise BackupError(
                f"{name} is damaged: it is not what was written on {described.made_at:%d %B %Y}."
            )


def _check_database_is_empty() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        raise BackupError(
            "The database that DATABASE_URL names is not empty. Nothing is overwritten: "
            "make a new database, let DATABASE_URL name it, and try again."
        )
