"""What REST framework's fields and serializers write, and what Django's forms read, as types."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NotRequired
from uuid import UUID

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from rest_framework import serializers

from core.content_api.fields import PublicField
from core.content_api.shapes import first_paragraph, list_of, made_shape, one_of, returned, said, words_about

#: What stock fields write, by the first that fits.
WRITTEN: dict[type[serializers.Field], Any] = {
    serializers.UUIDField: UUID,
    serializers.CharField: str,
    serializers.BooleanField: bool,
    serializers.IntegerField: int,
    serializers.FloatField: float,
    serializers.DateTimeField: datetime,
    serializers.DateField: date,
}
_written: dict[type[serializers.BaseSerializer], Any] = {}


def field_shape(field: serializers.Field, model: type[Model] | None = None) -> Any:
    """`model` is whose field it is, where it is the field of a model."""
    shape = _shape_of_value(field, model)
    return shape | None if field.allow_null or field.default is None else shape


def _shape_of_value(field: serializers.Field, model: type[Model] | None) -> Any:
    match field:
        case PublicField():
            return field.shape(model)
        case serializers.Serializer():
            return serializer_shape(type(field))
        case serializers.ListField() | serializers.ListSerializer():
            return list_of(field_shape(field.child, model))
        case serializers.ChoiceField():
            return one_of(field.choices)
        case serializers.SerializerMethodField():
            return returned(getattr(field.parent, str(field.method_name)))
        case serializers.ReadOnlyField():
            return returned(getattr(model, str(field.source)).fget)
    known = [shape for kind, shape in WRITTEN.items() if isinstance(field, kind)]
    if not known:
        raise TypeError(f"Say what {field.field_name} answers, with a PublicField.")
    return known[0]


def field_words(field: serializers.Field, model: type[Model]) -> str:
    """What editors are told of it; failing that, what its class says."""
    try:
        known: Any = model._meta.get_field(str(field.source))
        return words_about(str(field.field_name), known.verbose_name, known.help_text)
    except (FieldDoesNotExist, AttributeError):
        own = isinstance(field, PublicField)
        return str(field.help_text or "") or (first_paragraph(type(field)) if own else "")


def serializer_shape(kind: type[serializers.BaseSerializer]) -> Any:
    """What a plain serializer writes, by its class."""
    if kind not in _written:
        known = kind().fields.items()
        fields = {name: said(field_shape(field), str(field.help_text or "")) for name, field in known}
        name = kind.__name__.removesuffix("Serializer")
        _written[kind] = made_shape(name, fields, first_paragraph(kind))
    return _written[kind]


class SerializedBy:
    """In an annotation: what this serializer writes."""

    def __init__(self, kind: type[serializers.BaseSerializer]) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(serializer_shape(self.kind))


def form_shape(name: str, fields: Mapping[str, forms.Field], words: Mapping[str, str]) -> Any:
    """What may be sent to a form, by the names of its fields. Which are needed depends on the others."""
    return made_shape(
        name,
        {
            key: NotRequired[said(_shape_of_answer(field) | None, words.get(key, str(field.help_text)))]
            for key, field in fields.items()
        },
    )


def _shape_of_answer(field: forms.Field) -> Any:
    match field:
        case forms.MultipleChoiceField():
            return list_of(_shape_of_key(field))
        case forms.ChoiceField():
            return _shape_of_key(field)
        case forms.BooleanField():
            return bool
        case forms.DecimalField():
            return float | str
        case forms.IntegerField():
            return int | str
    return str


def _shape_of_key(field: Any) -> Any:
    """Keys that are kept in the database are not known to the code."""
    keys = [key for key, _label in field.choices if key != ""]
    return one_of(keys) if keys else str | int
