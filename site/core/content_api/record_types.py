"""The types of records and of rows in lists, made from their serializers."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, NotRequired, TypeAliasType, TypedDict, Union

from django.db.models import Model
from pydantic import Field
from wagtail.models import Page

from core.content_api.representation.answer_types import (
    attribute_docstrings,
    described,
    first_paragraph,
    literal_type,
    typed_dict,
)
from core.content_api.representation.serializer_types import field_description, field_type
from core.content_api.serializers import PublicSerializer


@attribute_docstrings
class ListMeta(TypedDict):
    total_count: int
    """How many rows there are in all."""


EditUrls = Annotated[
    dict[str, str], Field(description="Only in a preview: where each field is edited, by its name here.")
]
#: By name, because a page type is served by more than one endpoint and described once.
_made: dict[str, Any] = {}


class Listing[Row](TypedDict):
    meta: ListMeta
    items: list[Row]


def record_type(serializer: PublicSerializer) -> Any:
    """Return the type of a whole record."""
    model = serializer.Meta.model
    meta, own = _fields(serializer)
    if issubclass(model, Page):
        meta["edit_urls"] = NotRequired[EditUrls]
    return _model_type(model, model.__name__, own, _meta_type(model, "Meta", meta))


def row_type(serializer: PublicSerializer, name: str, usual: Collection[str]) -> Any:
    """Return the type of a row in a list. What is not usual is there where `fields` asks for it."""
    model = serializer.Meta.model
    meta, own = (
        {field: kind if field in usual else NotRequired[kind] for field, kind in fields.items()}
        for fields in _fields(serializer)
    )
    return _model_type(model, f"{name}Row", own, _meta_type(model, "RowMeta", meta))


def _model_type(model: type[Model], name: str, own: dict[str, Any], meta: Any) -> Any:
    fields = {"id": int, "type": literal_type([model._meta.label]), "meta": meta, **own}
    description = first_paragraph(model)
    is_generated = description.startswith(f"{model.__name__}(")  # Django lists the names of all fields
    return _made.setdefault(name, typed_dict(name, fields, "" if is_generated else description))


def _meta_type(model: type[Model], suffix: str, fields: dict[str, Any]) -> Any:
    """All page types share one, because their `meta` is the same."""
    name = f"Page{suffix}" if issubclass(model, Page) else f"{model.__name__}{suffix}"
    return _made.setdefault(name, typed_dict(name, fields))


def union_type(name: str, members: Sequence[Any]) -> Any:
    """Return a union whose members are discriminated by their `type`."""
    if len(members) == 1:
        return members[0]
    return TypeAliasType(name, Annotated[Union[*members], Field(discriminator="type")])


def _fields(serializer: PublicSerializer) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the types of the fields in `meta`, and of the record's own."""
    model = serializer.Meta.model
    meta: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name, field in serializer.fields.items():
        if name != "id":
            into = meta if name in serializer.meta_fields else own
            description = serializer.descriptions.get(name, field_description(field, model))
            into[name] = described(field_type(field, model), description)
    return meta, own
