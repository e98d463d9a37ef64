"""The blocks that an article's body is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.media import FigureBlock, InvitationBlock
from home.blocks.text import (
    PARAGRAPH_FEATURES,
    CalloutBlock,
    CareCardBlock,
    HeadingBlock,
    ParagraphBlock,
    QuestionsBlock,
    QuoteBlock,
)


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
