"""Figures and invitations."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from core.blocks.conditional import ConditionalBlock
from core.blocks.link import LinkBlock
from core.visibility import in_public_collections


class FigureBlock(ConditionalBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with an optional caption")
        template = "components/streamfield/figure_block.html"

    def needs(self, value: StructValue) -> list[Model | None]:
        """Return the picture: its caption is shown with it, and never alone."""
        return [value.get("image")]

    def get_preview_value(self) -> StructValue:
        """Return a value with the newest public image, if there is one yet."""
        image = in_public_collections(get_image_model().objects.order_by("-created_at")).first()
        return self.normalize({"image": image, "caption": "Two chairs by a window"})


class InvitationBlock(blocks.StructBlock):
    """One clear next step."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)
    link = LinkBlock(label=_("Where it leads"))

    class Meta:
        icon = "arrow-right"
        label = _("Invitation")
        description = _("Says what a reader can do next, with one button")
        template = "components/streamfield/invitation_block.html"
        preview_value = {
            "heading": "Find a therapist",
            "text": "Tell us what brings you here. We suggest therapists who fit.",
            "link": {"label": "Begin", "address": "https://example.org/"},
        }
