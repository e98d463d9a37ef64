"""StreamField blocks as `{type, id, value}`, made from the stored JSON. Choosers become deferred values.

Wagtail's own representation gives bare ids for choosers, and queries once per field and row. For another
representation of its block, an app marks a function with `represents`.
"""

from collections.abc import Callable
from datetime import date
from functools import singledispatch
from typing import Any, TypedDict

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from core.blocks.link import LinkBlock
from core.blocks.media import FigureBlock
from core.content_api.representation.answer_types import attribute_docstrings, return_type
from core.content_api.representation.block_types import block_type
from core.content_api.representation.links import DocumentLink, PageLink
from core.content_api.representation.pictures import Caption, Picture
from core.content_api.representation.rich_text import RichHtml


class BlockAnswer(TypedDict):
    type: str
    id: str | None
    value: Any


@attribute_docstrings
class LinkValue(TypedDict):
    """A link to one of our pages, or to an address elsewhere."""

    label: str | None
    """The words of the link. Without them, use the title of the page."""
    page: PageLink | None
    address: str | None


def represent_stream(stream: blocks.StreamValue) -> list[BlockAnswer]:
    return represent(stream.stream_block, list(stream.raw_data))


@singledispatch
def represent(block: blocks.Block, stored: Any) -> Any:
    """Return what the API shows of a stored value. A block that no function is registered for is refused."""
    raise TypeError(f"Mark a function for {type(block).__name__} with `represents`.")


type Represent = Callable[[Any, Any], Any]


def represents(block_class: type[blocks.Block]) -> Callable[[Represent], Represent]:
    """Register a function for the blocks of a class. The description takes its return annotation."""

    def register(function: Represent) -> Represent:
        block_type.register(block_class, lambda block: return_type(function))
        return represent.register(block_class, function)

    return register


@represent.register
def _(block: blocks.BaseStreamBlock, stored: Any) -> list[BlockAnswer]:
    return [
        {
            "type": child["type"],
            "id": child.get("id"),
            "value": represent(block.child_blocks[child["type"]], child["value"]),
        }
        for child in stored or []
        if child["type"] in block.child_blocks
    ]


@represent.register
def _(block: blocks.BaseStructBlock, stored: Any) -> dict[str, Any]:
    return {name: represent(child, part(block, stored, name)) for name, child in block.child_blocks.items()}


def part(block: blocks.BaseStructBlock, stored: Any, name: str) -> Any:
    """Return a stored value, or the default of a child block that was added later."""
    if stored and name in stored:
        return stored[name]
    child = block.child_blocks[name]
    return child.get_prep_value(child.get_default())


@represent.register
def _(block: blocks.ListBlock, stored: Any) -> list[Any]:
    return [represent(block.child_block, value) for value in list_values(stored)]


def list_values(stored: Any) -> list[Any]:
    """Lists are stored as bare values or, since Wagtail 2.16, as `{type: "item", id, value}`."""
    return [
        row["value"] if isinstance(row, dict) and row.get("type") == "item" and "id" in row else row
        for row in stored or []
    ]


@represents(blocks.CharBlock)
@represents(blocks.TextBlock)
@represents(blocks.URLBlock)
@represents(blocks.EmailBlock)
def _(block: blocks.FieldBlock, stored: Any) -> str:
    return stored or ""


@represent.register
def _(block: blocks.ChoiceBlock, stored: Any) -> str | None:
    return stored


@represents(blocks.BooleanBlock)
def _(block: blocks.BooleanBlock, stored: Any) -> bool:
    return bool(stored)


@represents(blocks.IntegerBlock)
def _(block: blocks.IntegerBlock, stored: Any) -> int | None:
    return stored


@represents(blocks.DateBlock)
def _(block: blocks.DateBlock, stored: Any) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


@represents(blocks.RichTextBlock)
def _(block: blocks.RichTextBlock, stored: Any) -> RichHtml:
    return RichHtml(stored or "")


@represents(blocks.PageChooserBlock)
def _(block: blocks.PageChooserBlock, stored: Any) -> PageLink | None:
    return PageLink(stored) if stored else None


@represents(DocumentChooserBlock)
def _(block: DocumentChooserBlock, stored: Any) -> DocumentLink | None:
    return DocumentLink(stored) if stored else None


@represents(ImageChooserBlock)
def _(block: ImageChooserBlock, stored: Any) -> Picture | None:
    return Picture(stored) if stored else None


@represents(ImageBlock)
def _(block: ImageBlock, stored: Any) -> Picture | None:
    if not stored or not stored.get("image"):
        return None
    alt = "" if stored.get("decorative") else stored.get("alt_text")
    return Picture(stored["image"], alt=alt)


@represent.register
def _(block: FigureBlock, stored: Any) -> dict[str, Any]:
    """A caption is kept back with its picture, which may be deleted or private."""
    picture = represent(block.child_blocks["image"], part(block, stored, "image"))
    return {"image": picture, "caption": Caption(part(block, stored, "caption") or "", picture)}


@represents(LinkBlock)
def _(block: LinkBlock, stored: Any) -> LinkValue:
    page, address = part(block, stored, "page"), part(block, stored, "address")
    return {
        "label": part(block, stored, "label") or None,
        "page": PageLink(page) if page else None,
        "address": address or None,
    }
