"""What the style guide shows. Each app registers its components in a module named `styleguide`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import Block, StreamBlock

#: Called when the entry is shown: forms and dates must not be made at start-up.
Context = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Specimen:
    """A component or a block in one state."""

    state: str
    render: Callable[[], SafeString]


@dataclass(frozen=True)
class Entry:
    title: str
    source: str
    specimens: tuple[Specimen, ...]


#: By title, and blocks by class, so that none is shown twice.
_entries: dict[str, Entry] = {}


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: entry.title)


def show_component(title: str, template: str, states: Mapping[str, Context]) -> None:
    def renderer(context: Context) -> Callable[[], SafeString]:
        return lambda: render_to_string(template, dict(context()))

    specimens = tuple(Specimen(state, renderer(context)) for state, context in states.items())
    _entries[title] = Entry(title, f"templates/{template}", specimens)


def show_block(block: Block, states: Mapping[str, Context] | None = None) -> None:
    """Show the block with its preview value, or in each of the given states."""

    def renderer(value: Context | None) -> Callable[[], SafeString]:
        return lambda: block.render(block.normalize(dict(value())) if value else block.get_preview_value())

    shown: Mapping[str, Context | None] = states or {"": None}
    specimens = tuple(Specimen(state, renderer(value)) for state, value in shown.items())
    _entries[_path(block)] = Entry(str(block.label), _path(block), specimens)


def show_every_block(stream: StreamBlock) -> None:
    """Show every block of the stream that was not registered before."""
    for block in stream.child_blocks.values():
        if _path(block) not in _entries:
            show_block(block)


def _path(block: Block) -> str:
    return f"{type(block).__module__}.{type(block).__qualname__}"
