"""Text and images of a story, for search engines and shared links."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import get_text_for_indexing

from core.blocks.text import ParagraphBlock, QuestionsBlock
from core.content_api.representation.block_values import list_values
from core.seo.structured_data import QuestionAndAnswer


def questions_in(story: StreamValue) -> Iterator[QuestionAndAnswer]:
    """Yield each question of the story with its answer."""
    for child in _of_class(story, QuestionsBlock):
        for entry in child.value["questions"]:
            yield QuestionAndAnswer(entry["question"], plain(entry["answer"].source))


def opening_words(story: StreamValue) -> str:
    """Return the first paragraph, or an empty string."""
    return next((plain(child.value.source) for child in _of_class(story, ParagraphBlock)), "")


def _of_class(story: StreamValue, kind: type[Block]) -> Iterator[StreamValue.StreamChild]:
    """Yield blocks of a class without loading the others, whose pages and images cost queries."""
    names = {name for name, block in story.stream_block.child_blocks.items() if isinstance(block, kind)}
    for number, stored in enumerate(story.raw_data):
        if stored["type"] in names:
            yield story[number]


def pictures_in(story: StreamValue) -> Iterator[int]:
    """Yield the ids of the images that the story's blocks hold, without loading them."""
    yield from _images(story.stream_block, story.raw_data)


def _images(block: Block, stored: Any) -> Iterator[int]:
    match block:
        case ImageChooserBlock() if stored:
            yield stored
        case BaseStreamBlock():
            for child in stored or ():
                if child["type"] in block.child_blocks:
                    yield from _images(block.child_blocks[child["type"]], child["value"])
        case BaseStructBlock():
            for name, child in block.child_blocks.items():
                yield from _images(child, (stored or {}).get(name))
        case ListBlock():
            for value in list_values(stored):
                yield from _images(block.child_block, value)


def plain(rich_text: str) -> str:
    return " ".join(get_text_for_indexing(rich_text).split())
