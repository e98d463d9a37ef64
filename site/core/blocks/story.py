"""The blocks that an article's body is made of."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue

from core.blocks.media import FigureBlock, InvitationBlock
from core.blocks.sections import Section, name_sections
from core.blocks.text import (
    PARAGRAPH_FEATURES,
    CalloutBlock,
    CareCardBlock,
    HeadingBlock,
    ParagraphBlock,
    QuestionsBlock,
    QuoteBlock,
)
from core.linked_pages import look_up_links_of


@dataclass(frozen=True)
class Part:
    """One block of a story; `anchor` is empty where it begins no section."""

    block: StreamValue.StreamChild
    anchor: str


def sections_of(story: StreamValue) -> list[Section]:
    """Return the sections. A block whose class has `section_title` begins one."""
    return name_sections(_title(child) for child in story if _begins_section(child))


def parts_of(story: StreamValue) -> list[Part]:
    sections = iter(sections_of(story))
    return [Part(child, next(sections).anchor if _begins_section(child) else "") for child in story]


def story_and_questions(story: StreamValue) -> tuple[list[Part], list[Part]]:
    """Return the parts of a story without its questions and answers, and these: they stand last, folded."""
    look_up_links_of(story)
    parts = parts_of(story)
    asked = [part for part in parts if isinstance(part.block.block, QuestionsBlock)]
    return [part for part in parts if part not in asked], asked


def _begins_section(child: StreamValue.StreamChild) -> bool:
    return bool(_title(child))


def _title(child: StreamValue.StreamChild) -> str:
    title_of = getattr(child.block, "section_title", None)
    return title_of(child.value) if title_of else ""


class StoryBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=80, group=_("Words"))
    paragraph = ParagraphBlock(features=PARAGRAPH_FEATURES, group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    callout = CalloutBlock(group=_("Panels"))
    care_card = CareCardBlock(group=_("Panels"))
    questions = QuestionsBlock(group=_("Panels"))
    invitation = InvitationBlock(group=_("Panels"))
    figure = FigureBlock(group=_("Pictures"))

    class Meta:
        template = "components/streamfield/story_block.html"

    def get_context(self, value: StreamValue, parent_context: dict | None = None) -> dict[str, Any]:
        look_up_links_of(value)
        return super().get_context(value, parent_context=parent_context) | {"parts": parts_of(value)}
