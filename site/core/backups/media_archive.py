"""All uploads as one stream in the format of tar, wherever the storage keeps them, and back."""

import io
import os
import tarfile
import threading
from collections.abc import Buffer, Iterator
from pathlib import PurePosixPath
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage

from core.backups.age_encryption import Identity, decrypt
from core.backups.errors import BackupError

CHUNK = 1 << 20
#: Kept in the repository, so that the folder is there.
NO_UPLOAD = ".gitkeep"


class MediaArchive(io.RawIOBase):
    """Reads as a tar file. Nothing is kept in memory but the piece of a file that is under way."""

    def __init__(self) -> None:
        self.files = 0
        self._pieces = self._make()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        space = memoryview(buffer)
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        taken, self._rest = self._rest[: len(space)], self._rest[len(space) :]
        space[: len(taken)] = taken
        return len(taken)

    def _make(self) -> Iterator[bytes]:
        for name in all_names():
            try:
                with default_storage.open(name) as file:
                    yield from _entry(name, file)
            except FileNotFoundError:  # deleted since it was listed
                continue
            self.files += 1
        yield tarfile.NUL * (tarfile.BLOCKSIZE * 2)


class OnceReadable(io.RawIOBase):
    """Passes on what comes out of a pipe, and says that it cannot be read twice."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        space = memoryview(buffer)
        chunk = self._source.read(len(space))
        space[: len(chunk)] = chunk
        return len(chunk)


def _entry(name: str, file: File) -> Iterator[bytes]:
    header = tarfile.TarInfo(name)
    header.size = file.size
    yield header.tobuf(tarfile.PAX_FORMAT)
    size = 0
    for chunk in file.chunks(CHUNK):
        size += len(chunk)
        yield chunk
    if size != header.size:
        raise BackupError(f"An upload changed while it was read: {name}. Try again.")
    yield tarfile.NUL * (-size % tarfile.BLOCKSIZE)


def all_names(folder: str = "") -> Iterator[str]:
    """Return the name of each upload, in every folder of the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for file in sorted(files):
        if file != NO_UPLOAD:
            yield str(PurePosixPath(folder, file))
    for inner in sorted(folders):
        yield from all_names(str(PurePosixPath(folder, inner)))


def restore_media(encrypted: str, keys: list[Identity]) -> int:
    """Put every upload of an archive back, over a file of the same name, and return how many there were."""
    reading_end, writing_end = os.pipe()
    failed: list[BaseException] = []

    def fill() -> None:
        try:
            with open(writing_end, "wb") as pipe, open(encrypted, "rb") as source:
                decrypt(source, pipe, keys)
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            failed.append(error)

    filling = threading.Thread(target=fill)
    filling.start()
    try:
        with open(reading_end, "rb") as pipe:
            restored = _unpack(pipe)
            while pipe.read(CHUNK):  # what fills up the last block
                pass
    except tarfile.TarError as error:
        filling.join()
        raise (
            failed[0] if failed else BackupError(f"The archive of the uploads is damaged: {error}.")
        ) from None
    filling.join()
    if failed:
        raise failed[0]
    return restored


def _unpack(pipe: io.BufferedReader) -> int:
    restored = 0
    with tarfile.open(fileobj=pipe, mode="r|") as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            if content is None:
                continue
            if default_storage.exists(entry.name):
                default_storage.delete(entry.name)
            # The storage refuses a name that leads out of it.
            default_storage.save(entry.name, File(io.BufferedReader(OnceReadable(content)), name=entry.name))
            restored += 1
    return restored
