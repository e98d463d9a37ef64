"""Turns the text of content files into stored blocks and rich text, as the definitions of the blocks say."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from new_practice.loading import rich_text
from new_practice.loading.content_files import ContentFolder, named
from new_practice.loading.content_problems import ContentError, KeyPath, errors_in
from new_practice.loading.pictures import uploaded

Block = dict[str, Any]


class ContentWriter:
    """Writes stream fields and rich text for the site below a front page; paths become links to pages."""

    def __init__(self, home: Page, content: ContentFolder) -> None:
        """`content` is where the files of pictures are."""
        self._home = home
        self._content = content

    def page(self, path: str) -> Page:
        url_path = self._home.url_path.rstrip("/") + path
        page = Page.objects.filter(url_path=url_path).first()
        if page is None:
            raise ContentError(f"No page stands at {path}", value=path)
        return page

    def rich_text(self, text: str) -> str:
        return rich_text.stored(text, lambda path: self.page(path).pk)

    def stream(self, field: Any, owner: str, content: Sequence[Any], at: str = "body") -> str:
        """Return a stream as it is stored. Its blocks' ids are made from `owner`, the page's name.

        `field` is the attribute of the model, such as `InfoPage.body`, and `at` the key of the file.
        """
        stream_block = _stream_block(field)
        stored = self._stream(stream_block, owner, content, (at,))
        try:
            stream_block.clean(stream_block.to_python(stored))
        except ValidationError as error:
            first = next(errors_in(error))
            block = (*first.at[:1], "value", *first.at[1:]) if first.at else ()
            raise ContentError(first.words, (at, *block)) from None
        return json.dumps(stored, cls=DjangoJSONEncoder)

    def _stream(self, stream: Any, owner: str, content: Sequence[Any], at: KeyPath) -> list[Block]:
        stored = []
        for position, entry in enumerate(content):
            name = f"{owner}#{position}"
            block = _typed(stream, entry)
            kind = stream.child_blocks.get(block["type"])
            if kind is None:
                known = ", ".join(stream.child_blocks)
                raise ContentError(f"“{block['type']}” is none of: {known}.", (*at, position, "type"))
            value = self._value(kind, name, block["value"], (*at, position, "value"))
            stored.append({"type": block["type"], "value": value, "id": _id(name)})
        return stored

    def _value(self, block: blocks.Block, name: str, value: Any, at: KeyPath) -> Any:
        try:
            return self._stored(block, name, value, at)
        except ContentError as error:
            raise ContentError(error.words, error.at or at, error.value) from None

    def _stored(self, block: blocks.Block, name: str, value: Any, at: KeyPath) -> Any:
        match block:
            case blocks.RichTextBlock():
                return self.rich_text(_text(value))
            case blocks.PageChooserBlock():
                kind = only_kind(block)
                return (named(kind, slug=_text(value)) if kind else self.page(_text(value))).pk
            case SnippetChooserBlock():
                return named(block.target_model, key=_text(value)).pk
            case ImageBlock():
                return self._picture(_table(value))
            case blocks.ListBlock():
                return [
                    _list_item(
                        f"{name}/{position}", self._value(block.child_block, f"{name}/{position}", one, at)
                    )
                    for position, one in enumerate(_list(value))
                ]
            case blocks.StructBlock():
                return self._struct(block, name, _table(value), at)
            case _:
                return value

    def _struct(self, block: blocks.StructBlock, name: str, value: Block, at: KeyPath) -> Block:
        unknown = [key for key in value if key not in block.child_blocks]
        if unknown:
            raise ContentError(
                f"“{unknown[0]}” is none of: {', '.join(block.child_blocks)}.", (*at, unknown[0])
            )
        lists = [key for key, child in block.child_blocks.items() if isinstance(child, blocks.ListBlock)]
        return {
            key: self._value(
                block.child_blocks[key], f"{name}/{key}" if len(lists) > 1 else name, inner, (*at, key)
            )
            for key, inner in value.items()
        }

    def _picture(self, value: Block) -> Block:
        image = uploaded(self._content, value)
        return {
            "image": image.pk,
            "alt_text": value.get("alt_text", ""),
            "decorative": value.get("decorative", False),
        }


def only_kind(block: blocks.PageChooserBlock) -> type[Page] | None:
    """Return the one type of page that may be chosen: such pages are named by their slugs alone."""
    return block.target_model if block.target_model is not Page else None


def is_plain(stream: Any) -> bool:
    """Return whether a stream has one type of block, which its files leave out."""
    return len(stream.child_blocks) == 1


def _stream_block(field: Any) -> Any:
    stream_field: StreamField = field.field
    return stream_field.stream_block


def _typed(stream: Any, entry: Any) -> Block:
    """Return an entry as a block: one of the only type may be its value alone, or its words alone."""
    if not is_plain(stream):
        return entry
    [(name, child)] = stream.child_blocks.items()
    if isinstance(child, blocks.StructBlock) and isinstance(entry, str):
        entry = {next(iter(child.child_blocks)): entry}
    return {"type": name, "value": entry}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ContentError("Here stands a text, in quotation marks.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ContentError("Here stands a list, in square brackets.")
    return value


def _table(value: Any) -> Block:
    if not isinstance(value, dict):
        raise ContentError("Here stands a table of keys and values.")
    return value


def _list_item(name: str, value: Any) -> Block:
    return {"type": "item", "value": value, "id": _id(name)}


def _id(name: str) -> str:
    """Return an id made from a name, so that a second run writes the same blocks."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
