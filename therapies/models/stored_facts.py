"""The facts of therapies as they are stored, read once for an answer or for an epoch of content.

Values whose dimension is not published are left out, for every reader at once.
"""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Prefetch, prefetch_related_objects

from core.caching.content_memory import remembered_by_id
from core.visibility import is_published
from therapies.facts import ShownValue
from therapies.models.dimension_values import DimensionValue
from therapies.models.references import Reference

#: By the key of their dimension.
type Facts = dict[str, ShownValue]


def facts_of_draft(values: Sequence[DimensionValue]) -> Facts:
    """Return the facts of one therapy, whose values may be in memory only."""
    prefetch_related_objects(values, "dimension", "checked_by")
    # The sources of what was never stored are in memory, and cannot be asked for.
    kept = [value for value in values if value.pk is not None]
    prefetch_related_objects(kept, "references__superseded_by")
    return _shown(values)


@remembered_by_id
def stored_facts(therapies: Collection[int]) -> Mapping[int, Facts]:
    """Return the facts of therapies, by primary key. One without facts is left out."""
    stored = DimensionValue.objects.filter(therapy__in=therapies).select_related("dimension", "checked_by")
    values: dict[int, list[DimensionValue]] = {}
    sources = Reference.objects.select_related("superseded_by")
    for value in stored.prefetch_related(Prefetch("references", sources)):
        values.setdefault(value.therapy_id, []).append(value)
    return {therapy: _shown(of_one) for therapy, of_one in values.items()}


@remembered_by_id
def lengths_of(therapies: Collection[int]) -> Mapping[int, str]:
    """Return how long each takes, in words: its first range of numbers. One without is left out."""
    ranges = DimensionValue.objects.filter(therapy__in=therapies).exclude(unit="")
    lengths: dict[int, str] = {}
    for value in ranges.select_related("dimension").order_by("dimension__sort_order", "pk"):
        if is_published(value.dimension):
            lengths.setdefault(value.therapy_id, value.answer)
    return lengths


def _shown(values: Sequence[DimensionValue]) -> Facts:
    return {value.dimension.key: value.as_shown() for value in values if is_published(value.dimension)}
