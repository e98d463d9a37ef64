"""Types of answers, as annotations. The description of the API is made from them.

Whatever answers, a field, a block or an endpoint, is described by its return annotation, so the type checker
holds the description and the code together. An object is a `TypedDict`: its docstring, and the docstring
below each of its attributes, are what the description says of them.
"""

from collections.abc import Callable, Iterable
from inspect import cleandoc
from typing import Annotated, Any, Literal, TypedDict, get_type_hints

from django.db.models import Choices
from django.utils.text import capfirst
from pydantic import ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, with_config
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from core.choice_labels import labels_of_field
from core.content_api.representation.page_types import page_type_label, page_type_labels

#: Class decorator: the docstrings below attributes go into the description.
attribute_docstrings = with_config(ConfigDict(use_attribute_docstrings=True))


class OneOfPageTypes:
    """In an annotation: the labels of all page types.

    They are read when they are needed, because only then every app has loaded its models.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(page_type_label, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"enum": page_type_labels()}


Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
EditUrl = Annotated[str, Field(description="Only in a preview: where it is edited.")]
Html = Annotated[str, Field(json_schema_extra={"contentMediaType": "text/html"})]
Money = Annotated[str, Field(pattern=r"^\d+\.\d{2}$", examples=["60.00"])]
ClockTime = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$", examples=["18:30"])]
PageTypeLabel = Annotated[str, OneOfPageTypes()]


@attribute_docstrings
class ChoiceAnswer[Key](TypedDict):
    """One of a few: filter by the key, show the label."""

    key: Key
    label: str


def choice(row: Any, name: str) -> ChoiceAnswer[Any]:
    """Return the choice that a row has made in one of its fields."""
    key = getattr(row, name)
    return {"key": key, "label": labels_of_field(row._meta.get_field(name)).get(key, str(key))}


# The following put types together when the description is made. The type checker knows nothing of these.


def typed_dict(name: str, fields: dict[str, Any], description: str = "") -> Any:
    made = TypedDict(name, fields)  # type: ignore[misc] # its fields are known at run time
    made.__doc__ = description or None
    return made


def list_type(item: Any) -> Any:
    return list[item]


def choice_type(choices: type[Choices]) -> Any:
    return ChoiceAnswer[choices]  # type: ignore[valid-type] # known at run time


def literal_type(keys: Iterable[Any]) -> Any:
    return Literal[*keys]


def described(annotation: Any, description: str) -> Any:
    """Return the same type with a description of the field that has it."""
    return Annotated[annotation, Field(description=description)] if description else annotation


def description_of(name: str, label: Any, help_text: Any) -> str:
    """Return the label and help text of a field, without a label that only repeats the field's name."""
    says_more = str(label).lower() != name.replace("_", " ")
    return " ".join(filter(None, [f"{capfirst(str(label))}." if says_more else "", str(help_text or "")]))


def return_type(function: Callable[..., Any]) -> Any:
    """Return the return annotation of a function."""
    return get_type_hints(function, include_extras=True)["return"]


def first_paragraph(documented: Any) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join((documented.__doc__ or "").partition("\n\n")[0].split())


def other_paragraphs(documented: Any) -> str:
    """Return the rest of a docstring."""
    return cleandoc((documented.__doc__ or "").partition("\n\n")[2])
