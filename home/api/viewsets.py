"""The base of every endpoint that lists records."""

from collections.abc import Sequence

import django_filters
from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.serializers import get_serializer_class
from wagtail.api.v2.utils import parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet

from home.api.endpoints import Endpoint
from home.api.errors import InvalidParameterError
from home.api.filters import DeclaredFilters, DeclaredOrder, parameter_names
from home.api.pagination import CappedPagination, whole_number
from home.api.pending import resolve
from home.api.serializers import PublicSerializer

LONGEST_FIELDS = 2000
GREATEST_ID = 2**31 - 1


class PublicViewSet(Endpoint, BaseAPIViewSet):
    """A subclass gives `model` and a `get_queryset` of what is public; the rest is declared below."""

    renderer_classes = [JSONRenderer]
    base_serializer_class = PublicSerializer
    pagination_class = CappedPagination
    filter_backends = [DeclaredFilters, DeclaredOrder]
    filterset_class: type[django_filters.FilterSet] = django_filters.FilterSet
    known_query_parameters = frozenset({"limit", "offset", "fields", "order"})
    usual_order: Sequence[str] = ()
    order_fields: Sequence[str] = ("id",)

    def known_parameters(self) -> frozenset[str]:
        if self.action == "listing_view":
            return self.known_query_parameters | parameter_names(self.filterset_class)
        if self.action == "find_view":
            return frozenset({"fields"}) | self.find_query_parameters
        return frozenset({"fields"})

    def listing_view(self, request: Request) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(resolve(self.get_serializer(rows, many=True).data, request))

    def detail_view(self, request: Request, pk: int) -> Response:
        return Response(resolve(self.get_serializer(self.get_object()).data, request))

    def find_view(self, request: Request) -> Response:
        """Answers with the record itself, where Wagtail's redirects to it."""
        self.kwargs["pk"] = whole_number("id", request.GET.get("id", ""), GREATEST_ID)
        return self.detail_view(request, self.kwargs["pk"])

    def get_serializer_class(self) -> type[PublicSerializer]:
        is_list = self.action == "listing_view"
        model = self.get_queryset().model if is_list else type(self.get_object())
        names = self._selected_fields(model, is_list=is_list)
        overrides = self.get_field_serializer_overrides(model)
        return get_serializer_class(
            model,
            names,
            meta_fields=self.get_meta_fields_names(model),
            field_serializer_overrides={name: overrides[name] for name in names if name in overrides},
            base=self.base_serializer_class,
        )

    def _selected_fields(self, model: type[Model], *, is_list: bool) -> list[str]:
        known = list(dict.fromkeys(self.get_available_fields(model)))
        if is_list:
            known = [name for name in known if name not in self.detail_only_fields]
        usual = self.get_listing_default_fields(model) if is_list else known
        return chosen_fields(self.request.GET.get("fields", ""), known, usual)


def chosen_fields(wanted: str, known: Sequence[str], usual: Sequence[str]) -> list[str]:
    """Read `fields=` in Wagtail's syntax. Nothing nests here: a reference has one shape, for everyone."""
    if not wanted:
        return [name for name in known if name in usual]
    if len(wanted) > LONGEST_FIELDS:
        raise InvalidParameterError({"fields": [_("This is too long.")]})
    try:
        steps = parse_fields_parameter(wanted)
    except ValueError as error:
        raise InvalidParameterError({"fields": [str(error)]}) from None
    chosen = set(usual)
    for name, is_left_out, nested in steps:
        if nested is not None:
            raise InvalidParameterError(
                {"fields": [_("%(name)s has no fields to choose among.") % {"name": name}]}
            )
        if name in ("*", "_"):
            chosen = set(known) if name == "*" else set()
        elif name not in known:
            raise InvalidParameterError({"fields": [_("There is no field %(name)s.") % {"name": name}]})
        elif is_left_out:
            chosen.discard(name)
        else:
            chosen.add(name)
    return [name for name in known if name in chosen]
