"""What a story says and shows: for search engines and shared links."""

from collections.abc import Iterator

from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import get_text_for_indexing

from home.blocks.text import QuestionsBlock
from home.structured_data import Question


def questions_in(story: StreamValue) -> Iterator[Question]:
    """Each question that the story answers, in its order."""
    for child in story:
        if isinstance(child.block, QuestionsBlock):
            for entry in child.value["questions"]:
                yield Question(entry["question"], plain(entry["answer"].source))


def opening_words(story: StreamValue) -> str:
    """The first paragraph, or nothing."""
    return next((plain(child.value.source) for child in story if child.block_type == "paragraph"), "")


def pictures_in(story: StreamValue) -> Iterator[int]:
    """The keys of its pictures, read as they are stored: no picture is looked up for this."""
    for part in getattr(story, "raw_data", ()):
        if part["type"] == "figure" and (image := part["value"]["image"]):
            yield image["image"]


def plain(rich_text: str) -> str:
    return " ".join(get_text_for_indexing(rich_text).split())
