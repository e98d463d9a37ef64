"""A repeatable random order of therapists: fair over many keys, and the same each time for one key.

The directory uses the day as the key: it ranks no one by recent offers, which would show how busy a diary is.
Matching uses a key of the enquiry, and only among therapists who are equal in score, load and last offer.
"""

from hashlib import sha256


def draw_position(key: str, therapist: int) -> bytes:
    """Return what to sort therapists by for this key: the lowest comes first."""
    return sha256(f"{key}|{therapist}".encode()).digest()
