"""The related rows that the API reads together with therapies, concerns and comparisons.

Evidence about a page that is not public is left out: its note describes that page.
"""

from collections.abc import Collection, Sequence

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from wagtail.query import PageQuerySet

from core.content_api.prefetch_registry import (
    register_draft_preparation,
    register_lookup,
    register_prefetch,
)
from therapies.models import (
    ComparisonPage,
    ConcernPage,
    TherapyEvidence,
    TherapyPage,
)
from therapies.models.stored_facts import stored_facts


def _evidence() -> QuerySet[TherapyEvidence]:
    """In one order: therapies number their rows apart from each other."""
    evidence = TherapyEvidence.objects.select_related("reference__superseded_by")
    return evidence.order_by("sort_order", "pk")


@register_prefetch(TherapyPage, "evidence")
def with_evidence(therapies: PageQuerySet) -> PageQuerySet:
    evidence = _evidence().filter(concern__in=ConcernPage.objects.published())
    return therapies.prefetch_related(Prefetch("evidence", evidence))


@register_lookup(TherapyPage)
def look_up_facts(therapies: Sequence[TherapyPage], chosen: Collection[str]) -> None:
    stored_facts(therapy.pk for therapy in therapies)


def _evidence_of_public_therapies() -> QuerySet[TherapyEvidence]:
    return _evidence().filter(therapy__in=TherapyPage.objects.published())


@register_prefetch(ConcernPage, "adjacent")
def with_adjacent(concerns: PageQuerySet) -> PageQuerySet:
    return concerns.prefetch_related("adjacent")


@register_prefetch(ConcernPage, "evidence")
def with_therapies_that_help(concerns: PageQuerySet) -> PageQuerySet:
    return concerns.prefetch_related(Prefetch("evidence", _evidence_of_public_therapies()))


@register_lookup(ComparisonPage)
def look_up_facts_of_both(comparisons: Sequence[ComparisonPage], chosen: Collection[str]) -> None:
    stored_facts(pk for comparison in comparisons for pk in (comparison.first_id, comparison.second_id))


@register_draft_preparation(TherapyPage)
def keep_evidence_for_public_concerns(therapy: TherapyPage) -> None:
    values, rows = list(therapy.values.all()), list(therapy.evidence.all())
    concerns = ConcernPage.objects.published().in_bulk([row.concern_id for row in rows])
    shown = [row for row in rows if row.concern_id in concerns]
    for row in shown:
        row.concern = concerns[row.concern_id]
    therapy.evidence = shown
    prefetch_related_objects(therapy.evidence.all(), "reference__superseded_by")
    prefetch_related_objects(values, "dimension", "checked_by")
    references = [reference for value in values for reference in value.references.all()]
    prefetch_related_objects(references, "superseded_by")


@register_draft_preparation(ConcernPage)
def read_evidence_of_public_therapies(concern: ConcernPage) -> None:
    prefetch_related_objects([concern], Prefetch("evidence", _evidence_of_public_therapies()))


@register_draft_preparation(ComparisonPage)
def keep_public_therapies(comparison: ComparisonPage) -> None:
    """Take out a therapy that is not public: the table and the address would name it."""
    pair = [comparison.first_id, comparison.second_id]
    public = TherapyPage.objects.filter(pk__in=pair).published().in_bulk()
    comparison.first, comparison.second = (public.get(pk) for pk in pair)
