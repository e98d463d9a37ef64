"""The types of what serializers and their fields write, and of what Django forms read."""

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

from core.content_api.representation.answer_types import (
    described,
    description_of,
    first_paragraph,
    list_type,
    literal_type,
    return_type,
    typed_dict,
)
from core.content_api.representation.fields import PublicField

#: The types of stock fields. The first class that fits counts.
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


def field_type(field: serializers.Field, model: type[Model] | None = None) -> Any:
    """Return the type that the field writes. `model` is needed where it is the field of a model."""
    value_type = _value_type(field, model)
    return value_type | None if field.allow_null or field.default is None else value_type


def _value_type(field: serializers.Field, model: type[Model] | None) -> Any:
    match field:
        case PublicField():
            return field.answer_type(model)
        case serializers.Serializer():
            return serializer_type(type(field))
        case serializers.ListField() | serializers.ListSerializer():
            return list_type(field_type(field.child, model))
        case serializers.ChoiceField():
            return literal_type(field.choices)
        case serializers.SerializerMethodField():
            return return_type(getattr(field.parent, str(field.method_name)))
        case serializers.ReadOnlyField():
            return return_type(getattr(model, str(field.source)).fget)
    known = [value_type for kind, value_type in WRITTEN.items() if isinstance(field, kind)]
    if not known:
        raise TypeError(f"The type of {field.field_name} is not known: make it a PublicField.")
    return known[0]


def field_description(field: serializers.Field, model: type[Model]) -> str:
    """Return the label and help text of the model's field, or else the docstring of the field's class."""
    try:
        known: Any = model._meta.get_field(str(field.source))
        return description_of(str(field.field_name), known.verbose_name, known.help_text)
    except (FieldDoesNotExist, AttributeError):
        own = isinstance(field, PublicField)
        return str(field.help_text or "") or (first_paragraph(type(field)) if own else "")


def serializer_type(kind: type[serializers.BaseSerializer]) -> Any:
    """Return the type that a plain serializer writes. It is named after the class."""
    if kind not in _written:
        known = kind().fields.items()
        fields = {name: described(field_type(field), str(field.help_text or "")) for name, field in known}
        name = kind.__name__.removesuffix("Serializer")
        _written[kind] = typed_dict(name, fields, first_paragraph(kind))
    return _written[kind]


class SerializedBy:
    """In an annotation: the type that this serializer writes."""

    def __init__(self, kind: type[serializers.BaseSerializer]) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(serializer_type(self.kind))


def form_type(name: str, fields: Mapping[str, forms.Field], words: Mapping[str, str]) -> Any:
    """Return the type of what may be sent to a form. What is required depends on other answers."""
    return typed_dict(
        name,
        {
            key: NotRequired[described(_answer_type(field) | None, words.get(key, str(field.help_text)))]
            for key, field in fields.items()
        },
    )


def _answer_type(field: forms.Field) -> Any:
    match field:
        case forms.MultipleChoiceField():
            return list_type(_key_type(field))
        case forms.ChoiceField():
            return _key_type(field)
        case forms.BooleanField():
            return bool
        case forms.DecimalField():
            return float | str
        case forms.IntegerField():
            return int | str
    return str


def _key_type(field: Any) -> Any:
    """Choices that are kept in the database are not known here."""
    keys = [key for key, _label in field.choices if key != ""]
    return literal_type(keys) if keys else str | int
