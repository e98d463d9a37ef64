"""Blocks of the front page and of pages of information."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Site

from core.blocks.conditional import conditional_text
from core.blocks.story import StoryBlock
from core.conditional_text import ConditionalText
from core.linked_pages import linked_pages, pages_for_cards
from home.fee_figures import fee_figures


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What happens"), max_length=80)
    text = blocks.TextBlock(label=_("In a sentence or two"), max_length=240)

    class Meta:
        icon = "order"
        label = _("Step")
        description = _("One thing that happens, and what it is like")
        template = "components/streamfield/step_block.html"
        preview_value = {"title": "Tell us what brings you here", "text": "It takes about five minutes."}


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80, default=_("How it works"))
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=5)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Two to five things that happen, in their order")
        template = "components/streamfield/steps_block.html"
        preview_value = {
            "heading": "How it works",
            "steps": [
                {"title": "Tell us what brings you here", "text": "It takes about five minutes."},
                {"title": "We suggest therapists who fit", "text": "And say why, in plain words."},
                {"title": "Meet one of them", "text": "The first meeting is free."},
            ],
        }

    def section_title(self, value: blocks.StructValue) -> str:
        return value["heading"]


class WaysInBlock(blocks.StructBlock):
    """Links to pages, as cards or names. A page that is not public is left out."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, max_length=240)
    look = blocks.ChoiceBlock(
        label=_("Shown as"),
        choices=[("cards", _("Cards with summaries")), ("names", _("Names only"))],
        default="cards",
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=12
    )
    all_of_them = blocks.PageChooserBlock(
        label=_("Page that lists all of them"), required=False, help_text=_("Linked at the end.")
    )
    all_of_them_label = blocks.CharBlock(
        label=_("Words of that link"), required=False, max_length=60, help_text=_("“All therapies”.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Ways in")
        description = _("Links to pages that a reader may want first, as cards or as names")
        template = "components/streamfield/ways_in_block.html"
        preview_value = {
            "heading": "What brings you here?",
            "introduction": "Begin with what is closest. You can change it later.",
            "look": "names",
            "pages": [],
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        chosen = [page.pk for page in value["pages"] if page]
        listing = value.get("all_of_them")
        readable = pages_for_cards(chosen) if value["look"] == "cards" else linked_pages(chosen)
        listings = linked_pages([listing.pk]) if listing else {}
        return super().get_context(value, parent_context=parent_context) | {
            "pages": [readable[pk] for pk in chosen if pk in readable],
            "listing": listings.get(listing.pk) if listing else None,
        }

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Leave out the words of the last link: they are shown while its page is public."""
        return super().get_searchable_content({**value, "all_of_them_label": ""})

    def conditional_texts(self, value: blocks.StructValue) -> Iterator[ConditionalText]:
        yield from conditional_text([value.get("all_of_them")], [value.get("all_of_them_label") or ""])

    def section_title(self, value: blocks.StructValue) -> str:
        return value["heading"]


class FeesBlock(blocks.StructBlock):
    """What sessions cost, made from the published profiles at the time. Nobody writes the figures."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80, default=_("What a session costs"))
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, max_length=240)

    class Meta:
        icon = "tag"
        label = _("Fees in figures")
        description = _("What sessions cost, made from the profiles")
        template = "components/streamfield/fees_block.html"
        preview_value = {"heading": "What a session costs", "introduction": "Each therapist sets a fee."}

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        request = (parent_context or {}).get("request")
        site = Site.find_for_request(request) if request else None
        return super().get_context(value, parent_context=parent_context) | {"figures": fee_figures(site)}

    def section_title(self, value: blocks.StructValue) -> str:
        return value["heading"]


class InfoStoryBlock(StoryBlock):
    fees = FeesBlock(group=_("Panels"))

    class Meta:
        template = "components/streamfield/story_block.html"


class FrontPageStoryBlock(StoryBlock):
    steps = StepsBlock(group=_("Front page"))
    ways_in = WaysInBlock(group=_("Front page"))

    class Meta:
        template = "components/streamfield/story_block.html"
