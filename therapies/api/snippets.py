"""`dimensions/` and `references/`: what facts answer, and what they rest on."""

from typing import TypedDict

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from core.caching.surrogate_keys import FACTS
from core.content_api.filters import ChoicesFilter, KeysFilter
from core.content_api.representation.fields import ChoiceField
from core.content_api.serializers import PublicSerializer
from core.content_api.viewsets import PublicViewSet
from core.visibility import is_published, published
from therapies.enums import ReferenceType, ValueType
from therapies.models import ComparisonDimension, Reference


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
    body_fields = [
        "id",
        "key",
        "label",
        "question",
        "value_type",
        "in_fact_box",
        "only_compared",
        "leads_comparisons",
    ]
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
        return {"key": newer.key, "citation": newer.citation} if newer and is_published(newer) else None


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
