"""The types of StreamField blocks in answers.

Streams, structures, lists and choices are described here. A block with a function of its own (see
`represents` in `block_values`) is described by the return annotation of that function.

Each class of blocks has one name in the description: `CalloutBlock` is `{type: "callout", id, value}`, and
`CalloutValue` its value.
"""

from functools import singledispatch
from typing import Annotated, Any, NotRequired, TypeAliasType, Union

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from wagtail import blocks

from core.content_api.representation.answer_types import (
    EditUrl,
    described,
    description_of,
    list_type,
    literal_type,
    typed_dict,
)

_items: dict[tuple[type[blocks.Block], str], Any] = {}
_values: dict[type[blocks.Block], Any] = {}
_streams: dict[type[blocks.Block], Any] = {}


@singledispatch
def block_type(block: blocks.Block) -> Any:
    raise TypeError(f"Mark a function for {type(block).__name__} with `represents`.")


@block_type.register
def _(block: blocks.ChoiceBlock) -> Any:
    keys = [key for key, _label in block.field.choices if block.required or key]
    return literal_type(keys) if block.required else literal_type([*keys, ""]) | None


@block_type.register
def _(block: blocks.ListBlock) -> Any:
    return list_type(block_type(block.child_block))


@block_type.register
def _(block: blocks.BaseStructBlock) -> Any:
    """The type is named after the class, so a `StructBlock` without a class of its own is refused."""
    kind = type(block)
    if kind is blocks.StructBlock:
        raise TypeError("Give the block a class: the description calls it by that name.")
    if kind not in _values:
        fields = {
            name: described(block_type(child), description_of(name, child.label, _help_text(child)))
            for name, child in block.child_blocks.items()
        }
        _values[kind] = typed_dict(f"{_name(kind)}Value", fields, str(block.meta.description or ""))
    return _values[kind]


@block_type.register
def _(block: blocks.BaseStreamBlock) -> Any:
    """A list of blocks. `type` says which block each of them is."""
    kind = type(block)
    if kind is blocks.StreamBlock:
        return list_type(_any_of(block))
    if kind not in _streams:
        _streams[kind] = TypeAliasType(kind.__name__, _any_of(block))
    return list_type(_streams[kind])


class ValueOf:
    """In an annotation: the type of the value of a block of this class."""

    def __init__(self, kind: type[blocks.Block]) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(block_type(self.kind()))


def _any_of(block: blocks.BaseStreamBlock) -> Any:
    items = [_item(name, child) for name, child in block.child_blocks.items()]
    return Annotated[Union[*items], Field(discriminator="type")] if len(items) > 1 else items[0]


def _item(name: str, block: blocks.Block) -> Any:
    key = type(block), name
    if key not in _items:
        fields = {
            "type": literal_type([name]),
            "id": str | None,
            "value": block_type(block),
            "edit_url": NotRequired[EditUrl],
        }
        _items[key] = typed_dict(f"{_name(type(block))}Block", fields, str(block.meta.description or ""))
    return _items[key]


def _name(kind: type[blocks.Block]) -> str:
    return kind.__name__.removesuffix("Block")


def _help_text(block: blocks.Block) -> str:
    return str(getattr(getattr(block, "field", None), "help_text", "") or "")
