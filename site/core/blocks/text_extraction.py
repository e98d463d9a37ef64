"""What a story says and shows: for search engines and shared links."""

from collections.abc import Iterator

from wagtail.blocks import Block
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing

from core.blocks.text import ParagraphBlock, QuestionsBlock
from core.seo.structured_data import Question


def questions_in(story: StreamValue) -> Iterator[Question]:
    """Each question that the story answers, in its order."""
    for child in _of_class(story, QuestionsBlock):
        for entry in child.value["questions"]:
            yield Question(entry["question"], plain(entry["answer"].source))


def opening_words(story: StreamValue) -> str:
    """The first paragraph, or nothing."""
    return next((plain(child.value.source) for child in _of_class(story, ParagraphBlock)), "")


def _of_class(story: StreamValue, kind: type[Block]) -> Iterator[StreamValue.StreamChild]:
    """Without reading what the blocks between point at: their pages and pictures cost queries."""
    names = {name for name, block in story.stream_block.child_blocks.items() if isinstance(block, kind)}
    for number, stored in enumerate(story.raw_data):
        if stored["type"] in names:
            yield story[number]


def pictures_in(story: StreamValue) -> Iterator[int]:
    """The keys of its pictures, read as they are stored: no picture is looked up for this."""
    for part in getattr(story, "raw_data", ()):
        if part["type"] == "figure" and (image := part["value"]["image"]):
            yield image["image"]


def plain(rich_text: str) -> str:
    return " ".join(get_text_for_indexing(rich_text).split())
