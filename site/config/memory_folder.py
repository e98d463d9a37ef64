"""A folder in the machine's memory, for data that may be lost."""

import hashlib
import os
import shutil
from pathlib import Path

from config.embedded_database import LOCAL

#: Where Linux has a file system in memory.
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder inside belongs to one user and one checkout
#: In bytes: several times what the tests' databases take. Containers often have less.
ROOM = 2 * 1024**3


def memory_folder(name: str) -> Path | None:
    """Return this checkout's folder of that name, or None where the machine has no such room. It stays."""
    if not os.access(IN_MEMORY, os.W_OK):
        return None
    checkout = hashlib.sha256(str(LOCAL).encode()).hexdigest()[:12]
    folder = IN_MEMORY / f"{name}-{os.getuid()}-{checkout}"
    if not folder.exists() and shutil.disk_usage(IN_MEMORY).free < ROOM:
        return None
    folder.mkdir(exist_ok=True)
    # Anyone may write there: what someone else made under this name is not used.
    return folder if folder.stat().st_uid == os.getuid() else None
