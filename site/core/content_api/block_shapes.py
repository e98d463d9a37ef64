"""What blocks look like in answers, as types. Streams, structures, lists and choices are described here;
whatever has a function of its own in `core.content_api.blocks` is described by what that says it returns.

Each class of blocks has one name in the description: `CalloutBlock` is `{type: "callout", id, value}`, and
`CalloutValue` its value.
"""

from functools import singledispatch
from typing import Annotated, Any, TypeAliasType, Union

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from wagtail import blocks

from core.content_api.shapes import list_of, made_shape, one_of, said, words_about

_items: dict[tuple[type[blocks.Block], str], Any] = {}
_values: dict[type[blocks.Block], Any] = {}
_streams: dict[type[blocks.Block], Any] = {}


@singledispatch
def shape_of(block: blocks.Block) -> Any:
    raise TypeError(f"Say how {type(block).__name__} is represented, and what that returns.")


@shape_of.register
def _(block: blocks.ChoiceBlock) -> Any:
    keys = [key for key, _label in block.field.choices if block.required or key]
    return one_of(keys) if block.required else one_of([*keys, ""]) | None


@shape_of.register
def _(block: blocks.ListBlock) -> Any:
    return list_of(shape_of(block.child_block))


@shape_of.register
def _(block: blocks.BaseStructBlock) -> Any:
    """By class: one that is put together in place has no name to be found by."""
    kind = type(block)
    if kind is blocks.StructBlock:
        raise TypeError("Give the block a class: it is described by that name.")
    if kind not in _values:
        fields = {
            name: said(shape_of(child), words_about(name, child.label, _help_text(child)))
            for name, child in block.child_blocks.items()
        }
        _values[kind] = made_shape(f"{_name(kind)}Value", fields, str(block.meta.description or ""))
    return _values[kind]


@shape_of.register
def _(block: blocks.BaseStreamBlock) -> Any:
    """A list of blocks, told apart by their `type`."""
    kind = type(block)
    if kind is blocks.StreamBlock:
        return list_of(_any_of(block))
    if kind not in _streams:
        _streams[kind] = TypeAliasType(kind.__name__, _any_of(block))
    return list_of(_streams[kind])


class ValueOf:
    """In an annotation: what a block of this class shows."""

    def __init__(self, kind: type[blocks.Block]) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(shape_of(self.kind()))


def _any_of(block: blocks.BaseStreamBlock) -> Any:
    items = [_item(name, child) for name, child in block.child_blocks.items()]
    return Annotated[Union[*items], Field(discriminator="type")] if len(items) > 1 else items[0]


def _item(name: str, block: blocks.Block) -> Any:
    key = type(block), name
    if key not in _items:
        fields = {"type": one_of([name]), "id": str | None, "value": shape_of(block)}
        _items[key] = made_shape(f"{_name(type(block))}Block", fields, str(block.meta.description or ""))
    return _items[key]


def _name(kind: type[blocks.Block]) -> str:
    return kind.__name__.removesuffix("Block")


def _help_text(block: blocks.Block) -> str:
    return str(getattr(getattr(block, "field", None), "help_text", "") or "")
