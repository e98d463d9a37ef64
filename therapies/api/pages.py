"""`therapies/` and `concerns/`."""

from typing import Any

from django.db.models import QuerySet

from core.content_api.endpoints.pages import PageFilters, PageViewSet, found_at, pages_here
from core.content_api.filters import ChoicesFilter, KeysFilter
from therapies.enums import ConcernKind, TherapyFamily
from therapies.models import ConcernPage, TherapyEvidence, TherapyPage, TherapyQuerySet


class TherapyFilters(PageFilters):
    family = ChoicesFilter(choices=TherapyFamily.choices, help_text="Families of therapies")
    concern = KeysFilter(method="filter_concern", help_text="Slugs of concerns that something is known of")

    def filter_concern(self, therapies: TherapyQuerySet, name: str, slugs: list[str]) -> TherapyQuerySet:
        concerns = pages_here(ConcernPage.objects.filter(slug__in=slugs), self.request)
        helping = TherapyEvidence.objects.filter(concern__in=concerns)
        return therapies.filter(pk__in=helping.values("therapy"))


class TherapiesAPIViewSet(PageViewSet):
    """Therapies, each with its facts and what it helps with."""

    one, many = "therapy", "therapies"
    model = TherapyPage
    filterset_class = TherapyFilters
    find_parameters = found_at("/therapies/interpersonal-therapy/")
    listing_default_fields = [*PageViewSet.listing_default_fields, "abbreviation", "other_names", "family"]


class ConcernFilters(PageFilters):
    kind = ChoicesFilter(choices=ConcernKind.choices, help_text="Kinds of concerns")
    therapy = KeysFilter(method="filter_therapy", help_text="Slugs of therapies that may help")

    def filter_therapy(self, concerns: QuerySet[Any], name: str, slugs: list[str]) -> QuerySet[Any]:
        therapies = pages_here(TherapyPage.objects.filter(slug__in=slugs), self.request)
        helped = TherapyEvidence.objects.filter(therapy__in=therapies)
        return concerns.filter(pk__in=helped.values("concern"))


class ConcernsAPIViewSet(PageViewSet):
    """What people come with, in their own words."""

    one, many = "concern", "concerns"
    model = ConcernPage
    filterset_class = ConcernFilters
    find_parameters = found_at("/concerns/depression/")
    listing_default_fields = [*PageViewSet.listing_default_fields, "kind", "clinical_term", "synonyms"]
