"""Blocks that only articles about therapies use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks import StoryBlock
from home.blocks.text import SHORT_TEXT_FEATURES


class ComparisonBlock(blocks.StructBlock):
    """A table made from the facts of two to four therapies. No cell is typed here."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    therapies = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="therapies.TherapyPage", label=_("Therapy")),
        label=_("Therapies"),
        min_num=2,
        max_num=4,
    )
    dimensions = blocks.ListBlock(
        SnippetChooserBlock("therapies.ComparisonDimension", label=_("Point of comparison")),
        label=_("Points of comparison"),
        required=False,
        min_num=0,
        help_text=_("Leave empty to show every one that is recorded."),
    )
    overall = blocks.RichTextBlock(label=_("Overall"), required=False, features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "table"
        label = _("Comparison")
        description = _("A table of two to four therapies, made from their facts")
        template = "components/streamfield/comparison_block.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        chosen = [page.pk for page in value["therapies"]]
        if len(set(chosen)) != len(chosen):
            raise StructBlockValidationError({"therapies": ValidationError(_("Choose each therapy once."))})
        return value


class TherapyStoryBlock(StoryBlock):
    comparison = ComparisonBlock(group=_("Facts"))

    class Meta:
        template = "components/streamfield/story_block.html"
