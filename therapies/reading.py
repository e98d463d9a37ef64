"""What a list of therapies, concerns or comparisons is read with for the API."""

from django.db.models import Prefetch, QuerySet
from wagtail.query import PageQuerySet

from home.api.reading import read_with
from therapies.models import (
    ComparisonPage,
    ConcernPage,
    DimensionValue,
    Reference,
    TherapyEvidence,
    TherapyPage,
)


def _values() -> QuerySet[DimensionValue]:
    return DimensionValue.objects.select_related("dimension", "checked_by")


def _references() -> QuerySet[Reference]:
    return Reference.objects.select_related("superseded_by")


def with_facts(therapies: PageQuerySet) -> PageQuerySet:
    return therapies.prefetch_related(
        Prefetch("values", _values()), Prefetch("values__references", _references())
    )


def _evidence() -> QuerySet[TherapyEvidence]:
    """Rows about a page that is not public are left out by the caller: their notes speak of it."""
    return TherapyEvidence.objects.select_related("reference__superseded_by")


@read_with(TherapyPage)
def with_facts_and_evidence(therapies: PageQuerySet) -> PageQuerySet:
    evidence = _evidence().filter(concern__in=ConcernPage.objects.published())
    return with_facts(therapies).prefetch_related(Prefetch("evidence", evidence))


@read_with(ConcernPage)
def with_therapies(concerns: PageQuerySet) -> PageQuerySet:
    evidence = _evidence().filter(therapy__in=TherapyPage.objects.published())
    return concerns.prefetch_related("adjacent", Prefetch("evidence", evidence))


@read_with(ComparisonPage)
def with_the_pair(comparisons: PageQuerySet) -> PageQuerySet:
    sides = ("first", "second")
    return comparisons.select_related(*sides).prefetch_related(
        *(Prefetch(f"{side}__values", _values()) for side in sides),
        *(Prefetch(f"{side}__values__references", _references()) for side in sides),
    )
