"""How lists are narrowed and ordered: each parameter is declared, and a wrong value is named."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.fields import DateRangeWidget, IsoDateTimeField, RangeField
from pydantic import Field
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from wagtail.search.backends import get_search_backend

from core.content_api.errors import InvalidParameterError
from core.content_api.operations import Parameter
from core.content_api.prefetch_registry import prefetch_for_api
from core.content_api.representation.answer_types import list_type, literal_type

LONGEST_SEARCH = 200


class KeysFilter(django_filters.BaseInFilter, django_filters.CharFilter):
    """One or more values, separated by commas."""

    value_type = list[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, lookup_expr="in", **options)


class NumbersFilter(django_filters.BaseInFilter, django_filters.NumberFilter):
    value_type = list[int]


class ChoicesFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One or more keys of a fixed list, separated by commas."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("lookup_expr", "in")
        super().__init__(*args, null_label=None, empty_label=None, **options)

    @property
    def value_type(self) -> Any:
        return list_type(literal_type(key for key, _label in self.extra["choices"]))


class YesOrNoFilter(django_filters.TypedChoiceFilter):
    """`true` or `false`. The stock filter takes any other word for neither, and gives everything."""

    value_type = bool

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(*args, choices=choices, coerce="true".__eq__, **options)


class MomentField(IsoDateTimeField):
    """In UTC, because the database knows only zones within 16 hours of it."""

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
    """From one moment to another, each in ISO 8601 and either left out."""

    field_class = MomentsField
    value_type = datetime


#: What the values of stock filters are.
VALUE_TYPES: dict[type[django_filters.Filter], Any] = {
    django_filters.RangeFilter: float,
    django_filters.ModelChoiceFilter: str,
    django_filters.CharFilter: str,
}


def filter_parameters(filters: type[django_filters.FilterSet]) -> Iterator[Parameter]:
    """What may stand in an address: a range is one filter with two names."""
    for name, declared in filters.base_filters.items():
        value_type = getattr(declared, "value_type", None) or VALUE_TYPES[type(declared)]
        words = str(declared.extra.get("help_text", ""))
        for suffix in getattr(declared.field_class.widget, "suffixes", None) or [""]:
            yield Parameter(f"{name}_{suffix}" if suffix else name, value_type, words)


class DeclaredFilters(BaseFilterBackend):
    """Applies the endpoint's `filterset_class`."""

    @staticmethod
    def parameters(endpoint: Any) -> Iterator[Parameter]:
        return filter_parameters(endpoint.filterset_class)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filters = view.filterset_class(request.GET, queryset=queryset, request=request)
        if not filters.is_valid():
            raise InvalidParameterError(filters.errors)
        return filters.qs


class DeclaredOrder(BaseFilterBackend):
    """`order=` by the endpoint's `order_fields`; ties are broken by id, so that pages never overlap."""

    @staticmethod
    def parameters(endpoint: Any) -> Iterator[Parameter]:
        keys = [f"{sign}{name}" for name in endpoint.order_fields for sign in ("", "-")]
        words = "By these fields, `-` first for the other way round."
        yield Parameter("order", list_type(literal_type(keys)), words)

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        wanted = [name for name in request.GET.get("order", "").split(",") if name]
        if not wanted:
            return queryset.order_by(*view.usual_order, "pk")
        for name in wanted:
            if name.removeprefix("-") not in view.order_fields:
                known = ", ".join(view.order_fields)
                raise InvalidParameterError({"order": [_("Choose among: %(known)s.") % {"known": known}]})
        return queryset.order_by(*wanted, "pk")


class FullTextSearch(BaseFilterBackend):
    """`search=` by relevance, unless an order is given. Comes last: its result cannot be filtered."""

    @staticmethod
    def parameters(endpoint: Any) -> Iterator[Parameter]:
        yield Parameter(
            "search",
            Annotated[str, Field(max_length=LONGEST_SEARCH)],
            "Words to look for. Without an `order`, what fits best comes first.",
            examples=["relationships"],
        )
        yield Parameter(
            "search_operator",
            Literal["and", "or"],
            "Whether every word must be found, or any.",
            default="and",
        )

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        words = request.GET.get("search")
        operator = request.GET.get("search_operator", "and")
        if operator not in ("and", "or"):
            raise InvalidParameterError({"search_operator": [_("Choose “and” or “or”.")]})
        if words is None:
            return queryset
        if "\x00" in words or len(words) > LONGEST_SEARCH:
            limit = {"limit": LONGEST_SEARCH}
            raise InvalidParameterError({"search": [_("Give at most %(limit)s letters.") % limit]})
        if not words:
            return queryset.none()
        # The search backend accepts only indexed fields in filters and orders: it is shown the ids alone.
        searched = queryset.model.objects.filter(pk__in=queryset.order_by().values("pk"))
        if "order" in request.GET:
            found = get_search_backend().search(words, searched, operator=operator, order_by_relevance=False)
            return queryset.filter(pk__in=found.get_queryset().values("pk"))
        return get_search_backend().search(words, prefetch_for_api(searched), operator=operator)
