"""Words of blocks that visitors read only while the records that an editor chose are public."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail import blocks

from core.conditional_text import ConditionalText


class ConditionalBlock(blocks.StructBlock):
    """A block that is not shown without what it needs. A search finds its words on the same condition."""

    def needs(self, value: Any) -> list[Model | None]:
        """Return the records that must be public; None for one that is gone. Without any, all can read it."""
        raise NotImplementedError

    def get_searchable_content(self, value: Any) -> list[str]:
        return [] if self.needs(value) else super().get_searchable_content(value)

    def conditional_texts(self, value: Any) -> Iterator[ConditionalText]:
        yield from conditional_text(self.needs(value), super().get_searchable_content(value))


def conditional_text(needs: list[Model | None], words: list[str]) -> Iterator[ConditionalText]:
    """Yield the words with their condition, if there are any and the condition can be met."""
    records = tuple((type(record), record.pk) for record in needs if record is not None)
    text = " ".join(words).strip()
    if text and records and len(records) == len(needs):
        yield ConditionalText(records, text)


def conditional_texts_in(block: blocks.Block, value: Any) -> Iterator[ConditionalText]:
    """Yield the conditional words of a block and of those inside it."""
    if hasattr(block, "conditional_texts"):
        yield from block.conditional_texts(value)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from conditional_texts_in(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for entry in value:
            yield from conditional_texts_in(block.child_block, entry)
    elif isinstance(value, blocks.StructValue):  # the value of an `ImageBlock` is an image, or None
        for name, child_block in block.child_blocks.items():
            yield from conditional_texts_in(child_block, value.get(name))
