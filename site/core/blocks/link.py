"""A link to a page of the site or to an address elsewhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.conditional import ConditionalBlock
from core.visibility import is_public


class LinkStructValue(blocks.StructValue):
    @property
    def url(self) -> str:
        """Empty where the page is not public: such a link is not shown."""
        page = self.get("page")
        if page:
            return page.url or "" if is_public(page) else ""
        return self.get("address") or ""

    @property
    def text(self) -> str:
        page = self.get("page")
        return self.get("label") or (page.title if page else "")


class LinkBlock(ConditionalBlock):
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.URLBlock(
        label=_("Address elsewhere"), required=False, help_text=_("Only if no page is chosen.")
    )
    label = blocks.CharBlock(
        label=_("Words of the link"),
        required=False,
        max_length=60,
        help_text=_("Leave empty to use the page's title."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A link to one of our pages or to another site")
        value_class = LinkStructValue
        template = "components/streamfield/link_block.html"
        preview_value = {"label": "How matching works", "address": "https://example.org/"}

    def needs(self, value: Any) -> list[Model | None]:
        return [] if value.get("address") else [value.get("page")]

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors = {}
        if bool(value["page"]) == bool(value["address"]):
            errors["address"] = ValidationError(_("Choose a page or give an address, one of the two."))
        if value["address"] and not value["label"]:
            errors["label"] = ValidationError(_("Say what the link is called."))
        if errors:
            raise StructBlockValidationError(errors)
        return value
