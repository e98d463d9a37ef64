"""The order of the directory: fair to therapists, steady for a visitor within a day.

Alphabetical order, or the order of joining, would show the same people first for ever.
"""

from collections.abc import Iterable
from datetime import date

from therapists.lots import lot


def fair_order(therapists: Iterable[tuple[int, bool]], day: date) -> list[int]:
    """Ids, given whether each has a place: those with one come first.

    Within that, a draw that is the same for every visitor and made anew each midnight.
    """
    ordered = sorted(therapists, key=lambda row: (not row[1], lot(day.isoformat(), row[0])))
    return [therapist for therapist, _ in ordered]
