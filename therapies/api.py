"""`therapies/`, `concerns/`, `dimensions/`, `references/` and `comparisons/`."""

from typing import Any, TypedDict

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.urls import URLPattern, path, reverse
from rest_framework import serializers

from home.api.fields import ChoiceField
from home.api.filters import ChoicesFilter, KeysFilter
from home.api.links import PageReference, absolute, on_site, page_reference
from home.api.locales import LOCALE, SpokenEndpoint
from home.api.operations import Parameter
from home.api.pages import PageFilters, PageViewSet, pages_here
from home.api.serializers import PublicSerializer
from home.api.shapes import Url, explained
from home.api.viewsets import PublicViewSet
from home.caching.keys import FACTS, NEWLY_PUBLIC, shown_by
from home.languages import active_language, in_language
from home.visibility import published
from therapies import pairs
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
class PairAnswer(TypedDict):
    """Two to four therapies side by side."""

    address: str
    """The last part of the one right address."""
    url: Url
    """The page that shows it on the site."""
    detail_url: Url
    page: PageReference | None
    """What an editor wrote about this pair."""
    table: Table


class ComparisonsAPIView(SpokenEndpoint):
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
        request = self.request
        indexes = in_language(pages_here(TherapyIndexPage.objects.all(), request), active_language())
        index = indexes.order_by("path").first()
        if index is None:
            raise Http404
        therapies = index.therapies_at(address)
        canonical = pairs.address(therapy.compare_name for therapy in therapies)
        written = pages_here(ComparisonPage.objects.of(therapies), request).first()
        if written is None:
            shown_by(request).add(NEWLY_PUBLIC)
        return {
            "address": canonical,
            "url": on_site(f"{index.get_url(request)}compare/{canonical}/", request),
            "detail_url": absolute(
                reverse("wagtailapi_v2:comparisons:detail", kwargs={"address": canonical}), request
            ),
            "page": page_reference(written, request) if written else None,
            "table": Table(tuple(therapy.pk for therapy in therapies)),
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("<str:address>/", cls.as_view(), name="detail")]
