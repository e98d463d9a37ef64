"""`therapies/`, `concerns/`, `dimensions/`, `references/` and `comparisons/`."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, TypedDict

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.urls import URLPattern, path, reverse
from rest_framework import serializers

from core.caching.surrogate_keys import FACTS, NEWLY_PUBLIC, shown_by, type_key
from core.content_api.fields import ChoiceField
from core.content_api.filters import ChoicesFilter, KeysFilter
from core.content_api.locales import LOCALE, SpokenEndpoint
from core.content_api.operations import Parameter
from core.content_api.pages import PageFilters, PageViewSet, pages_here
from core.content_api.references import PageReference, absolute, on_site, page_reference
from core.content_api.serializers import PublicSerializer
from core.content_api.shapes import Url, explained
from core.content_api.viewsets import PublicViewSet
from core.languages import active_language, in_language
from core.visibility import published
from therapies.comparing import pairs
from therapies.comparing.recorded import column_of
from therapies.enums import ConcernKind, ReferenceType, TherapyFamily, ValueType
from therapies.models import (
    ComparisonDimension,
    ComparisonPage,
    ConcernPage,
    Reference,
    TherapyEvidence,
    TherapyIndexPage,
    TherapyPage,
    TherapyQuerySet,
)
from therapies.serializers import ComparedTherapyAnswer, compared_therapy
from therapies.tables import Table


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
    listing_default_fields = [*PageViewSet.listing_default_fields, "kind", "clinical_term", "synonyms"]


class DimensionSerializer(PublicSerializer):
    value_type = ChoiceField(ValueType)


class DimensionFilters(django_filters.FilterSet):
    key = KeysFilter(help_text="Keys of points of comparison")


class DimensionsAPIViewSet(PublicViewSet):
    """The questions that therapies are compared by."""

    one, many = "dimension", "dimensions"
    model = ComparisonDimension
    base_serializer_class = DimensionSerializer
    surrogate_keys = (FACTS,)
    filterset_class = DimensionFilters
    body_fields = ["id", "key", "label", "question", "value_type", "in_fact_box"]
    listing_default_fields = ["id", "type", "detail_url", "key", "label", "question", "value_type"]
    usual_order = ("sort_order", "key")
    order_fields = ("id", "key", "sort_order")

    def get_queryset(self) -> QuerySet[ComparisonDimension]:
        return published(ComparisonDimension.objects.all())


class NewerSource(TypedDict):
    """What replaced a source."""

    key: str
    citation: str


class ReferenceSerializer(PublicSerializer):
    kind = ChoiceField(ReferenceType)
    superseded_by = serializers.SerializerMethodField()

    def get_superseded_by(self, reference: Reference) -> NewerSource | None:
        newer = reference.superseded_by
        return {"key": newer.key, "citation": newer.citation} if newer and newer.live else None


class ReferenceFilters(django_filters.FilterSet):
    key = KeysFilter(help_text="Keys of sources")
    kind = ChoicesFilter(choices=ReferenceType.choices, help_text="Kinds of sources")
    year = django_filters.RangeFilter(help_text="Year of publication")


class ReferencesAPIViewSet(PublicViewSet):
    """The sources that facts rest on."""

    one, many = "reference", "references"
    model = Reference
    base_serializer_class = ReferenceSerializer
    surrogate_keys = (FACTS,)
    filterset_class = ReferenceFilters
    body_fields = ["id", "key", "kind", "citation", "url", "year", "accessed", "superseded_by"]
    listing_default_fields = ["id", "type", "detail_url", "key", "kind", "citation", "url", "year"]
    usual_order = ("key",)
    order_fields = ("id", "key", "year")

    def get_queryset(self) -> QuerySet[Reference]:
        return published(Reference.objects.select_related("superseded_by"))


@explained
class PairReference(TypedDict):
    """Where a comparison is found."""

    address: str
    """The last part of the one right address."""
    url: Url
    """The page that shows it on the site."""
    detail_url: Url
    page: PageReference | None
    """What an editor wrote about this pair."""


class PairAnswer(PairReference):
    """Two to four therapies side by side."""

    table: Table


class ListedPairAnswer(PairReference):
    """Two therapies that can be compared."""

    therapies: list[ComparedTherapyAnswer]


class PairsAnswer(TypedDict):
    items: list[ListedPairAnswer]


class ComparisonEndpoint(SpokenEndpoint):
    def index(self) -> TherapyIndexPage:
        indexes = in_language(pages_here(TherapyIndexPage.objects.all(), self.request), active_language())
        index = indexes.order_by("path").first()
        if index is None:
            raise Http404
        return index

    def reference(
        self, index: TherapyIndexPage, therapies: Sequence[TherapyPage], written: ComparisonPage | None
    ) -> PairReference:
        address = pairs.address(therapy.compare_name for therapy in therapies)
        detail = reverse("wagtailapi_v2:comparisons:detail", kwargs={"address": address})
        return {
            "address": address,
            "url": on_site(f"{index.get_url(self.request)}compare/{address}/", self.request),
            "detail_url": absolute(detail, self.request),
            "page": page_reference(written, self.request) if written else None,
        }


class ComparisonAPIView(ComparisonEndpoint):
    """Any two to four public therapies side by side, prepared by an editor or not."""

    operation_key = "compareTherapies"
    parameters = (
        Parameter(
            "address",
            str,
            "Abbreviations or slugs of therapies, with `-vs-` between them.",
            place="path",
            examples=["dit-vs-ipt"],
        ),
        LOCALE,
    )
    problems = frozenset({"invalid-parameter", "not-found"})

    def answer(self, address: str) -> PairAnswer:
        index = self.index()
        therapies = index.therapies_at(address)
        written = pages_here(ComparisonPage.objects.of(therapies), self.request).first()
        if written is None:
            shown_by(self.request).add(NEWLY_PUBLIC)
        table = Table(tuple(therapy.pk for therapy in therapies))
        return {**self.reference(index, therapies, written), "table": table}


class ComparisonsAPIView(ComparisonEndpoint):
    """Every pair of therapies, prepared by an editor or not.

    All at once, by the names of the therapies: for builds of static sites, and for links between the pages.
    """

    operation_key = "listComparisons"
    parameters = (LOCALE,)
    problems = frozenset({"invalid-parameter", "not-found"})

    def answer(self) -> PairsAnswer:
        shown_by(self.request).add(*(type_key(model._meta.label) for model in (TherapyPage, ComparisonPage)))
        index = self.index()
        therapies = sorted(index.therapies(), key=lambda therapy: therapy.compare_name)
        written = {
            frozenset({page.first_id, page.second_id}): page
            for page in pages_here(ComparisonPage.objects.all(), self.request)
        }
        shown = {
            therapy.pk: compared_therapy(column_of(therapy, self.request), self.request)
            for therapy in therapies
        }
        return {
            "items": [
                {
                    **self.reference(index, pair, written.get(frozenset(therapy.pk for therapy in pair))),
                    "therapies": [shown[therapy.pk] for therapy in pair],
                }
                for pair in combinations(therapies, pairs.FEWEST)
            ]
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="listing"),
            path("<str:address>/", ComparisonAPIView.as_view(), name="detail"),
        ]
