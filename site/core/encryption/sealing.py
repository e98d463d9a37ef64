"""AES-GCM over one text, bound to the place it is stored in.

A sealed value: version (1 byte), length of the key id (1 byte), key id, nonce (12 bytes), ciphertext and tag.
The version, the key id and the place are authenticated, so a value that was changed, or moved to another
row or column, does not open.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.encryption.keyring import Keyring

VERSION = 1
NONCE_BYTES = 12
_SEPARATOR = b"\x00"


class CannotOpen(Exception):
    """The value was changed, moved or truncated, or its key is missing."""


@dataclass(frozen=True)
class Place:
    """Where a value is stored: what it is bound to."""

    table: str
    column: str
    row: str

    def associated_data(self, key_id: bytes) -> bytes:
        parts = [bytes([VERSION]), key_id, self.table.encode(), self.column.encode(), self.row.encode()]
        return _SEPARATOR.join(parts)


def seal(text: str, place: Place, keys: Keyring) -> bytes:
    key_id = keys.current_id.encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(keys.current_key).encrypt(nonce, text.encode(), place.associated_data(key_id))
    return bytes([VERSION, len(key_id)]) + key_id + nonce + ciphertext


def key_id_of(sealed: bytes) -> str:
    """Return the id of the key that a value names. It is authenticated only when the value opens."""
    if len(sealed) < 2 or sealed[0] != VERSION:
        raise CannotOpen("Not a sealed value.")
    return sealed[2 : 2 + sealed[1]].decode("ascii", errors="replace")


def open_sealed(sealed: bytes, place: Place, keys: Keyring) -> str:
    key_id = key_id_of(sealed)
    key = keys.keys.get(key_id)
    if key is None:
        raise CannotOpen("Sealed with a key that is not in ENCRYPTION_KEYS.")
    start = 2 + sealed[1]
    nonce, ciphertext = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    if len(nonce) != NONCE_BYTES:
        raise CannotOpen("Not a sealed value.")
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, place.associated_data(key_id.encode())).decode()
    except InvalidTag:
        raise CannotOpen("Changed, or moved from another row or column.") from None
