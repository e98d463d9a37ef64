"""Blocks that only articles about therapies use."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import StoryBlock
from core.blocks.conditional import ConditionalBlock
from core.blocks.text import SHORT_TEXT_FEATURES
from core.visibility import is_published, public, public_ids
from home.blocks import StepsBlock
from therapies.comparing.comparison import Comparison
from therapies.comparing.pairs import FEWEST, MOST
from therapies.comparing.sample import sample_comparison
from therapies.enums import Drawing


class ComparisonStructValue(blocks.StructValue):
    def comparison(self, shown_on: Page | None = None) -> Comparison | None:
        """Return the table, or None while fewer than two of the therapies may be read.

        `shown_on` takes the place of its own published version, so that the preview of a draft compares
        the draft's facts.
        """
        chosen = [page for page in self["therapies"] if page]
        readable = public_ids(page.pk for page in chosen)
        if shown_on is not None:
            chosen = [shown_on if page.pk == shown_on.pk else page for page in chosen]
            readable.add(shown_on.pk)
        therapies = [page for page in chosen if page.pk in readable]
        if len(therapies) < FEWEST:
            return None
        dimensions = [dimension for dimension in self["dimensions"] if dimension]
        shown = [dimension.as_shown() for dimension in dimensions if is_published(dimension)]
        return type(therapies[0]).compare(therapies, shown if dimensions else None)


class ComparisonBlock(ConditionalBlock):
    """A table made from the facts of two to four therapies. No cell is typed here."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    therapies = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="therapies.TherapyPage", label=_("Therapy")),
        label=_("Therapies"),
        min_num=FEWEST,
        max_num=MOST,
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
        #: No row to fill in or take away: without any, every point of comparison is shown.
        default: ClassVar[dict[str, Any]] = {"dimensions": []}
        template = "components/streamfield/comparison_block.html"
        value_class = ComparisonStructValue

    def needs(self, value: ComparisonStructValue) -> list[Model | None]:
        """Return all therapies, though two are enough to show a table: what is said may be about any."""
        return list(value["therapies"])

    def section_title(self, value: ComparisonStructValue) -> str:
        return value["heading"]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        comparison = value.comparison(shown_on=context.get("page")) or context.get("sample_comparison")
        return context | {"comparison": comparison}

    def get_preview_value(self) -> Any:
        """Two of the site's own therapies, where it has them."""
        therapy_model = self.child_blocks["therapies"].child_block.target_model
        therapies = public(therapy_model.objects.order_by("title"))[:FEWEST]
        chosen = {"heading": _("How they differ"), "therapies": list(therapies)}
        return self.normalize({**self.get_default(), **chosen})

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_preview_context(value, parent_context=parent_context)
        return context | {"sample_comparison": sample_comparison()}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        chosen = [page.pk for page in value["therapies"] if page]
        if len(set(chosen)) != len(chosen):
            raise StructBlockValidationError({"therapies": ValidationError(_("Choose each therapy once."))})
        return value


class SuitLineBlock(blocks.CharBlock):
    """One line below “It may suit you if”."""

    class Meta:
        icon = "tick"
        label = _("Line")
        description = _("Ends the sentence “It may suit you if …”")
        template = "components/streamfield/suit_line_block.html"
        preview_value = "you are low, and it is tied up with other people"


class SuitsBlock(blocks.StreamBlock):
    line = SuitLineBlock(max_length=120)


class OtherWayLineBlock(ConditionalBlock):
    """One line below “Another way may suit you more if”. Its words stand without the therapy, too."""

    words = blocks.CharBlock(label=_("Words"), max_length=120)
    therapy = blocks.PageChooserBlock(
        label=_("Therapy to look at"),
        page_type="therapies.TherapyPage",
        required=False,
        help_text=_("The line leads there while that page is public."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Line")
        description = _("Ends the sentence “Another way may suit you more if …”, with a therapy to look at")
        template = "components/streamfield/other_way_line_block.html"
        preview_value = {"words": "you want exercises each week", "therapy": None}

    def needs(self, value: blocks.StructValue) -> list[Model | None]:
        return []


class OtherWayBlock(blocks.StreamBlock):
    line = OtherWayLineBlock()


class ListGroupBlock(ConditionalBlock):
    """Pages of a list under a heading in a visitor's words. Those that are not public are left out."""

    heading = blocks.CharBlock(
        label=_("Heading"), max_length=60, help_text=_("As a visitor would say it: “It comes over me”.")
    )
    drawing = blocks.ChoiceBlock(label=_("Drawing"), choices=Drawing.choices, required=False)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group")
        description = _("Pages of this list, under a heading in a visitor's words")
        template = "components/streamfield/list_group_block.html"
        preview_value = {"heading": "It comes over me", "drawing": "open_door", "pages": []}

    def needs(self, value: blocks.StructValue) -> list[Model | None]:
        """Return all pages, though one is enough to show the heading: it may tell of any of them."""
        return list(value["pages"])


class TherapyGroupBlock(ListGroupBlock):
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="therapies.TherapyPage", label=_("Therapy")),
        label=_("Therapies"),
        min_num=1,
    )


class ConcernGroupBlock(ListGroupBlock):
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="therapies.ConcernPage", label=_("Concern")),
        label=_("Concerns"),
        min_num=1,
    )


class TherapyStoryBlock(StoryBlock):
    steps = StepsBlock(group=_("Words"))
    comparison = ComparisonBlock(group=_("Facts"))

    class Meta:
        template = "components/streamfield/story_block.html"
