"""The lines that say for whom a therapy may be right, and when another may be more so."""

from dataclasses import dataclass

from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from core.linked_pages import all_public_pages


@dataclass(frozen=True, slots=True)
class OtherWay:
    """A line that may lead to another therapy, while anyone may read its page."""

    words: str
    therapy: Page | None


def lines_of(stream: StreamValue) -> tuple[str, ...]:
    return tuple(line["value"] for line in stream.raw_data)


def other_ways(stream: StreamValue) -> list[OtherWay]:
    """Return the lines with the therapies that they lead to."""
    lines = [line["value"] for line in stream.raw_data]
    readable = all_public_pages("therapies.TherapyPage", None)
    return [OtherWay(line["words"], readable.get(line.get("therapy") or 0)) for line in lines]
