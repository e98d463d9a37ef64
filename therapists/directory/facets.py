"""How many therapists each option of the form would leave, given the other choices.

Each option is counted as if it were the only choice of its facet, so that options can be compared.
Facets without a choice share one query; each facet with one takes its own: the number of queries
depends on the form, never on the therapists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from therapists.directory.filters import Facet, Selection, narrow
from therapists.models.querysets import TherapistQuerySet


@dataclass(frozen=True)
class FacetCounts:
    #: By facet and option.
    options: dict[str, dict[str, int]] = field(default_factory=dict)
    #: By facet with a choice: how many there would be without that choice.
    without_facet: dict[str, int] = field(default_factory=dict)


def count_facets(therapists: TherapistQuerySet, facets: Sequence[Facet], selection: Selection) -> FacetCounts:
    idle = [facet for facet in facets if not selection[facet.name]]
    _, options = _count(narrow(therapists, facets, selection), idle, selection)
    without_facet = {}
    for facet in facets:
        if selection[facet.name]:
            others = selection.without(facet.name)
            total, counts = _count(narrow(therapists, facets, others), [facet], others)
            without_facet[facet.name] = total
            options |= counts
    return FacetCounts(options, without_facet)


def _count(
    therapists: TherapistQuerySet, facets: Sequence[Facet], selection: Selection
) -> tuple[int, dict[str, dict[str, int]]]:
    everyone = therapists.model.objects.all()
    numbers = {"total": Count("pk")}
    for facet in facets:
        for position, option in enumerate(facet.options):
            matching = facet.narrow(everyone, (option.value,), selection)
            numbers[f"{facet.name}_{position}"] = Count("pk", filter=Q(pk__in=matching.values("pk")))
    counted = therapists.order_by().aggregate(**numbers)
    options = {
        facet.name: {
            option.value: counted[f"{facet.name}_{position}"] for position, option in enumerate(facet.options)
        }
        for facet in facets
    }
    return counted["total"], options
