"""What answers look like, said as Python types. The description of the API is made from them.

Whatever answers, a field, a block or an endpoint, is described by its return annotation: the type checker
then holds what is said and what is done together. A shape of ours is a TypedDict: its docstring, and the text
below each of its fields, are what readers of the description are told.
"""

from collections.abc import Callable, Iterable
from inspect import cleandoc
from typing import Annotated, Any, Literal, TypedDict, get_type_hints

from django.db.models import Choices
from django.utils.text import capfirst
from pydantic import ConfigDict, Field, GetJsonSchemaHandler, with_config
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from core.content_api.page_types import page_type_labels

#: Marks a shape whose fields are explained by the text below them.
explained = with_config(ConfigDict(use_attribute_docstrings=True))


class OfPageTypes:
    """Read when the description is made: by then every app has loaded its models."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"enum": page_type_labels()}


Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Html = Annotated[str, Field(json_schema_extra={"contentMediaType": "text/html"})]
Money = Annotated[str, Field(pattern=r"^\d+\.\d{2}$", examples=["60.00"])]
ClockTime = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$", examples=["18:30"])]
PageTypeLabel = Annotated[str, OfPageTypes()]


@explained
class Choice[Key](TypedDict):
    """One of a few: filter by the key, show the label."""

    key: Key
    label: str


def choice(row: Any, name: str) -> Choice[Any]:
    """What a row has chosen, of the choices of one of its fields."""
    return {"key": getattr(row, name), "label": str(getattr(row, f"get_{name}_display")())}


# What follows puts shapes together when the description is made: the type checker knows nothing of them.


def made_shape(name: str, fields: dict[str, Any], description: str = "") -> Any:
    made = TypedDict(name, fields)  # type: ignore[misc] # its fields are known at run time
    made.__doc__ = description or None
    return made


def list_of(shape: Any) -> Any:
    return list[shape]


def choice_of(choices: type[Choices]) -> Any:
    return Choice[choices]  # type: ignore[valid-type] # as said above


def one_of(keys: Iterable[Any]) -> Any:
    return Literal[*keys]


def said(shape: Any, words: str) -> Any:
    """The same shape, with words about the field that it is the shape of."""
    return Annotated[shape, Field(description=words)] if words else shape


def words_about(name: str, label: Any, help_text: Any) -> str:
    """What editors are told of a field. A label that only says the field's name again is left out."""
    says_more = str(label).lower() != name.replace("_", " ")
    return " ".join(filter(None, [f"{capfirst(str(label))}." if says_more else "", str(help_text or "")]))


def returned(function: Callable[..., Any]) -> Any:
    """The type that a function says it returns."""
    return get_type_hints(function, include_extras=True)["return"]


def first_paragraph(documented: Any) -> str:
    """What a docstring says first, on one line."""
    return " ".join((documented.__doc__ or "").partition("\n\n")[0].split())


def other_paragraphs(documented: Any) -> str:
    return cleandoc((documented.__doc__ or "").partition("\n\n")[2])
