"""Encryption of streams in the format of age (age-encryption.org), to whoever holds one of the keys.

A machine that makes backups knows the public half of a key only, so it cannot read those of last week. Any
other program that knows the format opens the files as well.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

from core.backups.errors import BackupError


class Source(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    def write(self, chunk: bytes, /) -> int | None: ...

    def flush(self) -> None: ...


class HashingReader:
    """Passes on what it reads, digests it meanwhile, and remembers why reading failed."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.digest = hashlib.sha256()
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self._source.read(size)
        except Exception as error:
            self.failure = error
            raise
        self.digest.update(chunk)
        return chunk


class HashingWriter:
    """Digests what is written, passes it on where someone wants it, and remembers why writing failed."""

    def __init__(self, target: Sink | None = None) -> None:
        self._target = target
        self.digest = hashlib.sha256()
        self.failure: Exception | None = None

    def write(self, chunk: bytes) -> int:
        self.digest.update(chunk)
        try:
            if self._target:
                self._target.write(chunk)
        except Exception as error:
            self.failure = error
            raise
        return len(chunk)

    def flush(self) -> None:
        if self._target:
            self._target.flush()


def recipients(names: Sequence[str]) -> list[Recipient]:
    """Parse the setting BACKUP_RECIPIENTS."""
    if not names:
        raise BackupError(
            "BACKUP_RECIPIENTS is empty: nobody could read the backup. "
            "Make a key with `manage.py backup_key`, and name its public half there."
        )
    try:
        return [Recipient.from_str(name) for name in names]
    except pyrage.RecipientError:
        raise BackupError("BACKUP_RECIPIENTS: each must be a public key that begins with age1.") from None


def identities(text: str) -> list[Identity]:
    """Parse private keys: a line each, others begin with #."""
    try:
        lines = [line.strip() for line in text.splitlines()]
        keys = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (ValueError, pyrage.IdentityError):
        raise BackupError("The file with the private key holds something else.") from None
    if not keys:
        raise BackupError("The file with the private key is empty.")
    return keys


def encrypt(source: Source, target: BinaryIO, to: Sequence[Recipient]) -> str:
    """Encrypt all that the source gives, and return the digest of what it gave."""
    reader = HashingReader(source)
    try:
        pyrage.encrypt_io(reader, target, list(to))
    except pyrage.EncryptError as error:
        raise (reader.failure or BackupError(f"The backup could not be written: {error}.")) from None
    return reader.digest.hexdigest()


def decrypt(source: BinaryIO, target: Sink | None, keys: Sequence[Identity]) -> str:
    """Decrypt into the target, where there is one, and return the digest of it.

    What was changed or cut off raises BackupError, after what stands before it was written.
    """
    writer = HashingWriter(target)
    name = Path(source.name).name
    try:
        pyrage.decrypt_io(source, writer, list(keys))
    except pyrage.DecryptError as error:
        raise (writer.failure or BackupError(f"This key does not open {name}: {error}.")) from None
    except OSError as error:
        raise (writer.failure or BackupError(f"{name} is damaged: {error}.")) from None
    return writer.digest.hexdigest()
