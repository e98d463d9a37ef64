"""Text and images of a story, for search engines and shared links."""

from collections.abc import Iterator

from wagtail.blocks import Block
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing

from core.blocks.text import ParagraphBlock, QuestionsBlock
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
    """Yield the ids of the story's images, without loading them."""
    for part in getattr(story, "raw_data", ()):
        if part["type"] == "figure" and (image := part["value"]["image"]):
            yield image["image"]


def plain(rich_text: str) -> str:
    return " ".join(get_text_for_indexing(rich_text).split())
