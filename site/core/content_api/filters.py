"""Filters, order and search of lists."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal

import django_filters
from annotated_types import MaxLen
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters.fields import DateRangeWidget, IsoDateTimeField, RangeField
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.caching.surrogate_keys import FACTS, IMAGES, answer_keys
from core.content_api.errors import InvalidParameterError
from core.content_api.parameters import Parameter, values_in
from core.content_api.prefetch_registry import prefetch_for_api
from core.content_api.representation.answer_types import list_type, literal_type

SEARCH = Parameter[str | None](
    "search",
    Annotated[str, MaxLen(200)],
    "Words to look for. Without an `order`, what fits best comes first.",
    examples=["relationships"],
)
SEARCH_OPERATOR = Parameter[str](
    "search_operator", Literal["and", "or"], "Whether every word must be found, or any.", default="and"
)


class KeysFilter(django_filters.BaseInFilter, django_filters.CharFilter):
    """One or more values."""

    value_type = list[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, lookup_expr="in", **options)


class NumbersFilter(django_filters.BaseInFilter, django_filters.NumberFilter):
    value_type = list[int]


class ChoicesFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One or more keys of a fixed list."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("lookup_expr", "in")
        super().__init__(*args, null_label=None, empty_label=None, **options)

    @property
    def value_type(self) -> Any:
        return list_type(literal_type(key for key, _label in self.extra["choices"]))


class YesOrNoFilter(django_filters.TypedChoiceFilter):
    """`true` or `false`. The stock filter reads any other word as no choice, and returns everything."""

    value_type = bool

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(*args, choices=choices, coerce="true".__eq__, **options)


class MomentField(IsoDateTimeField):
    """A time, converted to UTC: PostgreSQL refuses offsets of more than 16 hours."""

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class MomentsField(RangeField):
    widget = DateRangeWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(fields=(MomentField(), MomentField()), **options)


class MomentsFilter(django_filters.RangeFilter):
    """From one time to another, in ISO 8601. Either may be left out."""

    field_class = MomentsField
    value_type = datetime


#: The types of the values of stock filters.
VALUE_TYPES: dict[type[django_filters.Filter], Any] = {
    django_filters.RangeFilter: float,
    django_filters.ModelChoiceFilter: str,
    django_filters.CharFilter: str,
}


def filter_parameters(filters: type[django_filters.FilterSet]) -> Iterator[Parameter]:
    """Return the parameters of a filter set. A range is one filter with two parameters."""
    for name, declared in filters.base_filters.items():
        value_type = getattr(declared, "value_type", None) or VALUE_TYPES.get(type(declared))
        if value_type is None:
            raise TypeError(f"Say what {name} takes: give {type(declared).__name__} a `value_type`.")
        description = str(declared.extra.get("help_text", ""))
        for suffix in getattr(declared.field_class.widget, "suffixes", None) or [""]:
            full_name = f"{name}_{suffix}" if suffix else name
            yield Parameter(full_name, value_type, description, is_checked_by_reader=True)


@cache
def _filter_parameters(filters: type[django_filters.FilterSet]) -> tuple[Parameter, ...]:
    return tuple(filter_parameters(filters))


def lists_joined(sent: QueryDict, parameters: Iterable[Parameter]) -> QueryDict:
    """Return what was sent with each list as one text with commas, as the filters' forms read it."""
    joined = sent.copy()
    for parameter in parameters:
        if parameter.is_list and parameter.name in sent:
            joined[parameter.name] = ",".join(values_in(sent.getlist(parameter.name)))
    return joined


class DeclaredFilters(BaseFilterBackend):
    """Applies the endpoint's `filterset_class`."""

    @staticmethod
    def parameters(endpoint: Any) -> Iterator[Parameter]:
        return filter_parameters(endpoint.filterset_class)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        parameters = _filter_parameters(view.filterset_class)
        if not any(parameter.name in request.GET for parameter in parameters):
            return queryset  # to make a form takes long, and most lists are asked for without a filter
        sent = lists_joined(request.GET, parameters)
        filters = view.filterset_class(sent, queryset=queryset, request=request)
        if not filters.is_valid():
            raise InvalidParameterError(filters.errors)
        return filters.qs


class DeclaredOrder(BaseFilterBackend):
    """`order=` by the endpoint's `order_fields`; ties are broken by id, so that pages never overlap."""

    @staticmethod
    @cache
    def parameter(endpoint: Any) -> Parameter[list[str] | None]:
        keys = [f"{sign}{name}" for name in endpoint.order_fields for sign in ("", "-")]
        description = "By these fields, `-` first for the other way round."
        return Parameter("order", list_type(literal_type(keys)), description)

    @classmethod
    def parameters(cls, endpoint: Any) -> Iterator[Parameter]:
        yield cls.parameter(endpoint)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        wanted = view.arguments[self.parameter(view.__class__)] or view.usual_order
        return queryset.order_by(*wanted, "pk")


class FullTextSearch(BaseFilterBackend):
    """`search=`, by relevance unless an order is given. The last backend: its results cannot be filtered."""

    @staticmethod
    def parameters(endpoint: Any) -> Iterator[Parameter]:
        yield from (SEARCH, SEARCH_OPERATOR)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        words, operator = view.arguments[SEARCH], view.arguments[SEARCH_OPERATOR]
        if words is None:
            return queryset
        if not words:
            return queryset.none()
        if issubclass(queryset.model, Page):  # found by what facts and captions say too
            answer_keys(request).add(FACTS, IMAGES)
        # The search backend accepts only indexed fields in filters and orders: it is given the ids alone.
        searched = queryset.model.objects.filter(pk__in=queryset.order_by().values("pk"))
        if "order" in request.GET:
            found = get_search_backend().search(words, searched, operator=operator, order_by_relevance=False)
            return queryset.filter(pk__in=found.get_queryset().values("pk"))
        return get_search_backend().search(words, prefetch_for_api(searched, ()), operator=operator)
