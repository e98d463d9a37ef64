"""Secrets of the demo: made at first use, in files that only their owner can read."""

import base64
import os
import secrets

from config.embedded_database import LOCAL


def local_secret(name: str) -> str:
    """Return 32 random bytes as base64, the same at every call in this checkout."""
    path = LOCAL / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode())
    return path.read_text()
