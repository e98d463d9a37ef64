"""What a record looks like in answers, as a type made from the serializer that gives it."""

from collections.abc import Sequence
from typing import Annotated, Any, NotRequired, TypeAliasType, TypedDict, Union

from django.db.models import Model
from pydantic import Field
from wagtail.models import Page

from core.content_api.field_shapes import field_shape, field_words
from core.content_api.serializers import PublicSerializer
from core.content_api.shapes import explained, first_paragraph, made_shape, one_of, said


@explained
class ListMeta(TypedDict):
    total_count: int
    """How many rows there are in all."""


#: A page type is served by more than one endpoint, and described once.
_made: dict[str, Any] = {}


class Listing[Row](TypedDict):
    meta: ListMeta
    items: list[Row]


def record_shape(serializer: PublicSerializer) -> Any:
    """A whole record."""
    model = serializer.Meta.model
    meta, own = _fields(serializer)
    return _shape_of_model(model, model.__name__, own, _meta_shape(model, "Meta", meta))


def row_shape(serializer: PublicSerializer) -> Any:
    """A record in a list: what it holds besides `id`, `type` and `meta` was chosen with `fields`."""
    model = serializer.Meta.model
    meta, own = ({name: NotRequired[shape] for name, shape in some.items()} for some in _fields(serializer))
    return _shape_of_model(model, f"{model.__name__}Row", own, _meta_shape(model, "RowMeta", meta))


def _shape_of_model(model: type[Model], name: str, own: dict[str, Any], meta: Any) -> Any:
    fields = {"id": int, "type": one_of([model._meta.label]), "meta": meta, **own}
    words = first_paragraph(model)
    is_made_up = words.startswith(f"{model.__name__}(")  # by Django, of the names of all fields
    return _made.setdefault(name, made_shape(name, fields, "" if is_made_up else words))


def _meta_shape(model: type[Model], suffix: str, fields: dict[str, Any]) -> Any:
    """One for all types of pages, which have the same."""
    name = f"Page{suffix}" if issubclass(model, Page) else f"{model.__name__}{suffix}"
    return _made.setdefault(name, made_shape(name, fields))


def any_of(name: str, shapes: Sequence[Any]) -> Any:
    """One of several, told apart by their `type`."""
    if len(shapes) == 1:
        return shapes[0]
    return TypeAliasType(name, Annotated[Union[*shapes], Field(discriminator="type")])


def _fields(serializer: PublicSerializer) -> tuple[dict[str, Any], dict[str, Any]]:
    """Those of `meta`, and those of the record itself."""
    model = serializer.Meta.model
    meta: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name, field in serializer.fields.items():
        if name != "id":
            into = meta if name in serializer.meta_fields else own
            words = serializer.words.get(name, field_words(field, model))
            into[name] = said(field_shape(field, model), words)
    return meta, own
