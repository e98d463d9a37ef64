"""Try what a deployment configures: each returns what went wrong, in a few words, or None."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.mail import mailers
from django.db import Error as DatabaseError
from django.db import connection

from core.backups import BackupError
from core.backups.age_encryption import recipients
from core.backups.freshness import are_backups_made_here
from core.backups.postgres_programs import find, major, server

SECONDS = 5


def database_failure() -> str | None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return f"{error}".strip().partition("\n")[0]
    return None


def mail_failure() -> str | None:
    """Connect and sign in as for an e-mail, and send none."""
    mailer = mailers["default"]
    try:
        mailer.open()
        mailer.close()
    except OSError as error:  # smtplib's errors are such too
        return f"{type(error).__name__}: {error}"
    return None


def storage_failure(alias: str) -> str | None:
    """Write a file, read it and delete it; or look whether that folder of this machine may be written to."""
    storage = storages[alias]
    if isinstance(storage, FileSystemStorage):
        folder = Path(storage.location)
        there = next(path for path in (folder, *folder.parents) if path.exists())
        return None if os.access(there, os.W_OK) else f"{there} may not be written to"
    content = secrets.token_bytes(16)
    try:
        name = storage.save(f"probe-{secrets.token_hex(8)}", ContentFile(content))
        with storage.open(name) as file:
            same = file.read() == content
        storage.delete(name)
    except Exception as error:  # noqa: BLE001 - each kind of storage fails in its own way
        return f"{type(error).__name__}: {error}"
    return None if same else "it does not give back what it was given"


def open_address_of_originals() -> str | None:
    """Return the address at which anyone may fetch an original from the bucket, where there is one."""
    if not settings.MEDIA_BUCKET:
        return None
    storage = storages["default"]
    name = storage.save(f"original_images/probe-{secrets.token_hex(8)}", ContentFile(b"private"))
    unsigned = storage.url(name).partition("?")[0]
    places = [unsigned, f"{settings.MEDIA_PUBLIC_URL}/media/{name}"]
    try:
        return next((place for place in places if _answers(place)), None)
    finally:
        storage.delete(name)


def _answers(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - of a setting
        return bool(answer.status == 200)
    return False


def backup_failure() -> str | None:
    """Look whether a backup could be made, where any are."""
    if not are_backups_made_here():
        return None
    try:
        recipients(settings.BACKUP_RECIPIENTS)
        for program in ("pg_dump", "pg_restore"):
            find(program, at_least=major(server()))
    except BackupError as error:
        return f"{error}"
    except DatabaseError:
        return None  # said already
    return None
