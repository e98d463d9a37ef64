"""Digests that only who has one of the keys can make, or compare with what they are of."""

import hmac

from core.encryption.keyring import Keyring


def keyed_digest(purpose: str, text: str, key_id: str, keys: Keyring) -> str:
    """Return the digest of a text for one purpose, as hexadecimal digits. Raise KeyError without the key."""
    return hmac.digest(keys.keys[key_id], f"{purpose}\0{text}".encode(), "sha256").hex()
