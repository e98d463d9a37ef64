"""The keys that encrypt and decrypt, from the setting ENCRYPTION_KEYS."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, repr=False)
class Keyring:
    """The current key encrypts; every key decrypts."""

    current_id: str
    keys: Mapping[str, bytes]

    @property
    def current_key(self) -> bytes:
        return self.keys[self.current_id]


def keyring() -> Keyring:
    return _parse(tuple(settings.ENCRYPTION_KEYS))


@lru_cache(maxsize=8)
def _parse(entries: tuple[str, ...]) -> Keyring:
    """Parse the setting. An error names the position of a faulty entry, never the entry itself."""
    keys: dict[str, bytes] = {}
    for place, entry in enumerate(entries, start=1):
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES or key_id in keys:
            raise ImproperlyConfigured(
                f"ENCRYPTION_KEYS: entry {place} is not “<key id>:<{KEY_BYTES} bytes in base64>” "
                "with an id of its own."
            )
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty: nothing private can be stored.")
    return Keyring(current_id=next(iter(keys)), keys=keys)
