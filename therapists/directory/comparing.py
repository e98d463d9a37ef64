"""Two or three therapists side by side, by their slugs in an address."""

from collections.abc import Sequence
from dataclasses import dataclass

from therapists.directory.listing import therapists_to_compare
from therapists.models.profiles import TherapistPage
from therapists.models.querysets import TherapistQuerySet

CHOSEN = "t"
MOST = 3


@dataclass(frozen=True)
class TherapistComparison:
    therapists: list[TherapistPage]
    #: How many were asked for and are not public, or never were.
    missing: int
    #: How many were left out because more than three do not fit.
    left_out: int

    @property
    def is_possible(self) -> bool:
        return len(self.therapists) > 1


def compare_therapists(therapists: TherapistQuerySet, slugs: Sequence[str]) -> TherapistComparison:
    """Return the therapists in the order of the slugs."""
    parted = (slug for text in slugs for slug in text.split(","))
    asked = list(dict.fromkeys(slug for slug in parted if slug.strip()))
    # PostgreSQL has no NUL in its text, and no slug is longer than the field.
    possible = [slug for slug in asked if "\x00" not in slug and len(slug) <= 255]
    found = dict(therapists.filter(slug__in=possible[:50]).values_list("slug", "pk"))
    known = [found[slug] for slug in asked if slug in found]
    return TherapistComparison(
        therapists=therapists_to_compare(known[:MOST]),
        missing=len(asked) - len(known),
        left_out=max(0, len(known) - MOST),
    )
