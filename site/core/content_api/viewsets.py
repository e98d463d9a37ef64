"""The base of endpoints that list records."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Annotated, Any, ClassVar, Literal

import django_filters
from annotated_types import Ge, Le
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.serializers import get_serializer_class
from wagtail.api.v2.utils import parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet

from core.caching.surrogate_keys import SurrogateKeys, answer_keys, type_key
from core.content_api.errors import InvalidParameterError
from core.content_api.filters import DeclaredFilters, DeclaredOrder
from core.content_api.operations import Operation
from core.content_api.pagination import CappedPagination
from core.content_api.parameters import Parameter
from core.content_api.record_types import Listing, record_type, row_type, union_type
from core.content_api.representation.answer_types import first_paragraph, list_type, literal_type
from core.content_api.representation.deferred import resolve
from core.content_api.serializers import MOST_SERIALIZERS, PublicSerializer
from core.content_api.views import APIEndpoint

LONGEST_FIELDS = 2000
ID = Parameter[int]("id", int, "The `id` of the record.", is_required=True)
PK = Parameter[int]("pk", int, "The `id` of the record.", location="path")
#: Described more narrowly than it is read: see docs/decisions/openapi-from-annotations.md.
WHOLE = Parameter[str](
    "fields",
    Literal["*"],
    "`*` stands for the whole record, which is the usual answer and the one described here. Names of fields, "
    "as in lists, are understood too: the answer then holds those alone.",
    default="*",
    is_checked_by_reader=True,
    may_be_several=True,
)


def _listed_width(width: int) -> int:
    if width not in settings.API_IMAGE_WIDTHS:
        known = ", ".join(map(str, settings.API_IMAGE_WIDTHS))
        raise ValueError(_("Choose among: %(known)s.") % {"known": known})
    return width


ImageWidth = Annotated[
    int,
    Ge(min(settings.API_IMAGE_WIDTHS)),
    Le(max(settings.API_IMAGE_WIDTHS)),
    AfterValidator(_listed_width),
    Field(json_schema_extra={"enum": settings.API_IMAGE_WIDTHS}),
]
IMAGE_WIDTHS = Parameter[list[int] | None](
    "image_widths",
    list[ImageWidth],
    "Adds `widths` to the `srcset` of each picture: the whole picture, this many pixels wide.",
    examples=[settings.API_IMAGE_WIDTHS[:2]],
)
#: The same holds here of what takes away what rows usually have.
FIELDS_OF_ROWS = (
    "What each row holds besides what rows of this list usually have. `*` is everything, a name adds a "
    "field, and `-` before it takes one away again. `_`, for as little as there can be, and `-` before a "
    "usual field are understood too: rows then hold less than is described here."
)


class PublicViewSet(APIEndpoint, BaseAPIViewSet):
    """Subclasses have a `model` and a `get_queryset` of public rows, and declare the rest."""

    #: The name of one record, and of several.
    one: ClassVar[str]
    many: ClassVar[str]
    renderer_classes = [JSONRenderer]
    base_serializer_class = PublicSerializer
    pagination_class = CappedPagination
    filter_backends: ClassVar[list[Any]] = [DeclaredFilters, DeclaredOrder]
    filterset_class: type[django_filters.FilterSet] = django_filters.FilterSet
    #: Parameters of lists, in addition to those of filters, order and pagination.
    list_parameters: tuple[Parameter, ...] = ()
    find_parameters: tuple[Parameter, ...] = (ID,)
    usual_order: Sequence[str] = ()
    order_fields: Sequence[str] = ("id",)
    #: Parameters of lists and of records alike.
    shared_parameters: tuple[Parameter, ...] = ()
    #: What rows have only where it is named: `*` leaves it out of lists, for it changes with other records.
    named_fields: Sequence[str] = ()

    @classmethod
    @cache
    def parameters_of(cls, action: str) -> tuple[Parameter, ...]:
        if action == "listing_view":
            return tuple(cls._parameters_of_lists())
        return (*(cls.find_parameters if action == "find_view" else ()), WHOLE, *cls.shared_parameters)

    @classmethod
    def _parameters_of_lists(cls) -> Iterator[Parameter]:
        yield from cls.list_parameters
        for backend in cls.filter_backends:
            yield from backend.parameters(cls)
        yield from cls.pagination_class.parameters()
        known = [cls.known_fields(model) for model in cls.models()]
        names = list(dict.fromkeys(chain.from_iterable(known)))
        more = [name for name in names if name not in cls._always_there()]
        of_any_row = [name for name in cls.known_fields(cls.model) if name in more]
        apart = ", ".join(f"`{name}`" for name in cls.named_fields)
        yield Parameter(
            "fields",
            list_type(literal_type(["*", *names, *(f"-{name}" for name in more)])),
            f"{FIELDS_OF_ROWS} Only by name: {apart}." if apart else FIELDS_OF_ROWS,
            examples=[["*"], *([name] for name in of_any_row[:1])],
            is_checked_by_reader=True,
        )
        yield from cls.shared_parameters

    @classmethod
    def models(cls) -> list[type[Model]]:
        """Return the models of the records."""
        return [cls.model]

    @classmethod
    def operation(cls, action: str) -> Operation:
        """Return the description of the list, of one record, or of finding one."""
        parameters = cls.parameters_of(action)
        one, many = cls.one, cls.many
        if action == "listing_view":
            rows = [cls._row_type(model) for model in cls.models()]
            return Operation(
                operation_id=f"list{many.capitalize()}",
                summary=f"List {many}",
                description=first_paragraph(cls),
                answer=Listing[union_type(f"{one.capitalize()}Row", rows)],  # type: ignore[misc] # made for the description
                parameters=parameters,
                problems=frozenset({"invalid-parameter"}),
            )
        if action == "detail_view":
            return Operation(
                operation_id=f"get{one.capitalize()}",
                summary=f"Read one {one} by its id",
                answer=cls.record(),
                parameters=(PK, *parameters),
                problems=frozenset({"invalid-parameter", "not-found"}),
            )
        return Operation(
            operation_id=f"find{one.capitalize()}",
            summary=f"Find one {one}",
            description=first_paragraph(cls.find_view),
            answer=cls.found(),
            parameters=parameters,
            problems=frozenset({"invalid-parameter", "not-found"}),
        )

    @classmethod
    def _row_type(cls, model: type[Model]) -> Any:
        """Return the type of a row, called after its model where rows are of more than one."""
        name = model.__name__ if len(cls.models()) > 1 else cls.one.capitalize()
        return row_type(cls.whole_serializer(model), name, cls._always_there())

    @classmethod
    def _always_there(cls) -> list[str]:
        """Return the fields of every row, of whichever type, where none are taken away."""
        of_any_row = cls.known_fields(cls.model)
        return [name for name in of_any_row if name in cls.get_listing_default_fields(cls.model)]

    @classmethod
    def record(cls) -> Any:
        """Return the type of one record."""
        answer_types = [record_type(cls.whole_serializer(model)) for model in cls.models()]
        return union_type(cls.one.capitalize(), answer_types)

    @classmethod
    def found(cls) -> Any:
        """Return the type that `find_view` answers with."""
        return cls.record()

    def read_arguments(self, request: Request, parameters: Sequence[Parameter]) -> None:
        super().read_arguments(request, parameters)
        widths = self.arguments[IMAGE_WIDTHS]
        request.image_widths = widths or ()

    def listing_view(self, request: Request) -> Response:
        answer_keys(request).add(*self.list_keys(self.get_queryset().model))
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(resolve(self.list_data(rows), request))

    def list_data(self, rows: Iterable[Any]) -> Any:
        return self.get_serializer(rows, many=True).data

    def detail_view(self, request: Request, pk: int) -> Response:
        return Response(resolve(self.get_serializer(self.get_object()).data, request))

    def find_view(self, request: Request) -> Response:
        """The record itself, by its id."""  # Wagtail's own would redirect to it
        self.kwargs["pk"] = self.arguments[ID]
        return self.detail_view(request, self.kwargs["pk"])

    def list_keys(self, model: type[Model]) -> Sequence[str]:
        """Return the surrogate keys of a list: they change with the rows that it has."""
        return [type_key(model._meta.label)]

    def name_record(self, shown: SurrogateKeys, pk: int) -> None:
        """Add the record's own surrogate key, if its model has such keys."""

    def get_serializer_class(self) -> type[PublicSerializer]:
        is_list = self.action == "listing_view"
        model = self.get_queryset().model if is_list else type(self.get_object())
        known = self.known_fields(model)
        usual = self.get_listing_default_fields(model) if is_list else known
        return self.serializer_class_of(
            model, self.chosen(known, usual, self.named_fields if is_list else ())
        )

    def chosen(self, known: Sequence[str], usual: Sequence[str], named: Sequence[str]) -> list[str]:
        return chosen_fields(",".join(self.request.GET.getlist("fields")), known, usual, named)

    @classmethod
    def serializer_class_of(cls, model: type[Model], names: Sequence[str]) -> type[PublicSerializer]:
        return cls._serializer_class_of(model, tuple(names))

    @classmethod
    @lru_cache(maxsize=MOST_SERIALIZERS)
    def _serializer_class_of(cls, model: type[Model], names: tuple[str, ...]) -> type[PublicSerializer]:
        overrides = cls.get_field_serializer_overrides(model)
        return get_serializer_class(
            model,
            names,
            meta_fields=cls.get_meta_fields_names(model),
            field_serializer_overrides={name: overrides[name] for name in names if name in overrides},
            base=cls.base_serializer_class,
        )

    def serializer_of(
        self, model: type[Model], chosen: Sequence[str], context: dict[str, Any]
    ) -> PublicSerializer:
        """Return a serializer with those of the chosen fields that the model has."""
        known = set(self.known_fields(model))
        return self.serializer_class_of(model, [name for name in chosen if name in known])(context=context)

    @classmethod
    def whole_serializer(cls, model: type[Model]) -> PublicSerializer:
        """Return a serializer with all fields."""
        return cls.serializer_class_of(model, cls.known_fields(model))()

    @classmethod
    def known_fields(cls, model: type[Model]) -> list[str]:
        return list(dict.fromkeys(cls.get_available_fields(model)))


def chosen_fields(
    wanted: str, known: Sequence[str], usual: Sequence[str], named: Sequence[str] = ()
) -> list[str]:
    """Return the fields that `fields=` chooses, in Wagtail's syntax. Nested fields are refused.

    `*` stands for the known ones but those of `named`.
    """
    if not wanted:
        return [name for name in known if name in usual]
    if len(wanted) > LONGEST_FIELDS:
        raise InvalidParameterError({"fields": [_("This is too long.")]})
    chosen = set(usual)
    starts_with_all = wanted.startswith("*,") and wanted[2:3] not in ("*", "_", "")
    if starts_with_all:  # Wagtail's parser takes nothing but exceptions after it
        wanted, chosen = wanted.removeprefix("*,"), set(known) - set(named)
    try:
        steps = parse_fields_parameter(wanted)
    except ValueError as error:
        raise InvalidParameterError({"fields": [str(error)]}) from None
    for name, is_left_out, nested in steps:
        if nested is not None:
            raise InvalidParameterError(
                {"fields": [_("%(name)s has no fields to choose among.") % {"name": name}]}
            )
        if name in ("*", "_"):
            chosen = set(known) - set(named) if name == "*" else set()
        elif name not in known:
            raise InvalidParameterError({"fields": [_("There is no field %(name)s.") % {"name": name}]})
        elif is_left_out:
            chosen.discard(name)
        else:
            chosen.add(name)
    return [name for name in known if name in chosen]
