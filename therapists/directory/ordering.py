"""The order of the directory: fair to therapists, steady for a visitor within a day.

Alphabetical order, or the order of joining, would show the same people first for ever.
"""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256


def turn(therapist: int, day: date) -> bytes:
    """Where a therapist stands that day: the same for every visitor, drawn anew each midnight."""
    return sha256(f"{day.isoformat()}|{therapist}".encode()).digest()


def fair_order(therapists: Iterable[tuple[int, bool]], day: date) -> list[int]:
    """Ids in the order of the day, given whether each has a place: those with one come first."""
    ordered = sorted(therapists, key=lambda row: (not row[1], turn(row[0], day)))
    return [therapist for therapist, _ in ordered]
