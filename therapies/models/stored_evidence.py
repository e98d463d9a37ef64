"""What is known of therapies for concerns, as it is stored: read once for an answer or an epoch of content.

The same rows stand on the page of the therapy and on that of the concern.
"""

from dataclasses import dataclass

from core.caching.content_memory import remembered
from therapies.facts import ShownEvidence
from therapies.models.evidence import TherapyEvidence


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """One row, between two pages by their primary keys. Either may be one that not everyone may read."""

    therapy_id: int
    concern_id: int
    shown: ShownEvidence


@remembered
def stored_evidence() -> tuple[StoredEvidence, ...]:
    """Return all rows, those of each therapy in their order."""
    rows = TherapyEvidence.objects.select_related("reference__superseded_by").order_by("sort_order", "pk")
    return tuple(StoredEvidence(row.therapy_id, row.concern_id, row.as_shown()) for row in rows)
