"""Lots drawn among therapists: fair over many draws, and the same each time one draw is looked at.

The directory and matching draw alike, with different keys. The directory draws by the day: it ranks nobody,
so who was offered work lately is no matter there, and telling it would show strangers how busy a diary is.
Matching draws by the enquiry, and last: among those who fit alike, have equally full diaries and waited
equally long.
"""

from hashlib import sha256


def lot(key: str, therapist: int) -> bytes:
    """Where this therapist stands in the draw of this key: the lowest comes first."""
    return sha256(f"{key}|{therapist}".encode()).digest()
