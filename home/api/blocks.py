"""StreamField blocks as `{type, id, value}`, read from the stored JSON, with every chooser pending.

Wagtail's own representation gives bare ids for choosers and queries once per field and row. To give a
block another shape, an app registers a function for its class with `represent.register`.
"""

from functools import singledispatch
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from home.api.links import DocumentLink, PageLink
from home.api.pending import Pending
from home.api.pictures import Picture
from home.api.rich_text import RichHtml
from home.blocks.links import LinkBlock


def represent_stream(stream: blocks.StreamValue) -> list[dict[str, Any]]:
    return represent(stream.stream_block, list(stream.raw_data))


@singledispatch
def represent(block: blocks.Block, stored: Any) -> Any:
    """What a block shows of its stored value. Plain values are stored as they are shown."""
    if isinstance(block, blocks.ChooserBlock):
        raise TypeError(f"Say how {type(block).__name__} is represented: a bare id must not be shown.")
    return stored


@represent.register
def _(block: blocks.BaseStreamBlock, stored: Any) -> list[dict[str, Any]]:
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
    """A stored value, or the default of a child that was added to the block later."""
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


@represent.register
def _(block: blocks.RichTextBlock, stored: Any) -> Pending:
    return RichHtml(stored or "")


@represent.register
def _(block: blocks.PageChooserBlock, stored: Any) -> Pending | None:
    return PageLink(stored) if stored else None


@represent.register
def _(block: DocumentChooserBlock, stored: Any) -> Pending | None:
    return DocumentLink(stored) if stored else None


@represent.register
def _(block: ImageChooserBlock, stored: Any) -> Pending | None:
    return Picture(stored) if stored else None


@represent.register
def _(block: ImageBlock, stored: Any) -> Pending | None:
    if not stored or not stored.get("image"):
        return None
    alt = "" if stored.get("decorative") else stored.get("alt_text")
    return Picture(stored["image"], alt=alt)


@represent.register
def _(block: LinkBlock, stored: Any) -> dict[str, Any]:
    page, address = part(block, stored, "page"), part(block, stored, "address")
    return {
        "label": part(block, stored, "label") or None,
        "page": PageLink(page) if page else None,
        "address": address or None,
    }
