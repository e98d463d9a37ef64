"""Make one backup: written beside, read back, and only then given its name."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.backups import folders, manifest, postgres_programs
from core.backups.age_encryption import (
    Identity,
    Recipient,
    Sink,
    Source,
    decrypt,
    encrypt,
    recipients,
)
from core.backups.errors import BackupError
from core.backups.manifest import EncryptedFile, Manifest
from core.backups.media_archive import MediaArchive
from core.encryption.keyring import keyring
from core.models import BackupRun

DATABASE, MEDIA = "database.dump.age", "media.tar.age"
#: Any number will do that nothing else locks.
LOCK = 20_261_128


def make_backup() -> Path:
    """Make a backup, delete those whose time is over, and return its folder. Raise BackupError otherwise."""
    try:
        with _alone():
            folders.delete_unfinished()
            made_at = timezone.now().replace(microsecond=0)
            folder = _make(made_at)
            folders.delete_old()
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror or error}.") from error
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            raise BackupError("Another backup is under way.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _make(made_at: datetime) -> Path:
    final = folders.folder_of(made_at)
    folder = final.with_name(f"{folders.UNFINISHED}{final.name}")
    folder.mkdir(parents=True, mode=0o700)
    try:
        described = _write(folder, made_at)
        manifest.write(described, folder)
        _store_for_good(folder)
        folder.rename(final)
    except BaseException:
        shutil.rmtree(folder)
        raise
    _sync(final.parent)
    BackupRun.objects.record(made_at, described.size)
    return final


def _write(folder: Path, made_at: datetime) -> Manifest:
    """Write both files. The uploads come last: what the database names of them is there, or deleted since."""
    # The second key is known to this run alone, which reads with it what it wrote.
    once = Identity.generate()
    to = [*recipients(settings.BACKUP_RECIPIENTS), once.to_public()]
    server = postgres_programs.server()
    with postgres_programs.dump() as dump:
        written = _encrypt(dump, folder / DATABASE, to)
    with postgres_programs.reading(postgres_programs.major(server)) as target:
        _verify(folder / DATABASE, written, once, target)
    archive = MediaArchive()
    written = _encrypt(BufferedReader(archive), folder / MEDIA, to)
    _verify(folder / MEDIA, written, once, None)
    return Manifest(
        made_at=made_at,
        postgres_version=server.server_version,
        dump_version=postgres_programs.major(server),
        key_ids=list(keyring().keys),
        uploads=archive.files,
        database=encrypted_file(folder / DATABASE),
        media=encrypted_file(folder / MEDIA),
    )


def _encrypt(source: Source, path: Path, to: Sequence[Recipient]) -> str:
    with path.open("xb") as file:
        path.chmod(0o600)
        return encrypt(source, file, to)


def _verify(path: Path, written: str, once: Identity, target: Sink | None) -> None:
    with path.open("rb") as file:
        read = decrypt(file, target, [once])
    if read != written:
        raise BackupError(f"{path.name} does not hold what was written to it. Is the disk well?")


def encrypted_file(path: Path) -> EncryptedFile:
    with path.open("rb") as file:
        return EncryptedFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _store_for_good(folder: Path) -> None:
    for path in [*folder.iterdir(), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    """Wait until the disk has it: a power cut after this changes nothing."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
