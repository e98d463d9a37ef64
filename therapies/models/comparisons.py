from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.blocks import StoryBlock
from home.models import ReviewedPage


class ComparisonPage(ReviewedPage):
    """An editor's own words around the table of a pair. The compare address serves it."""

    parent_page_types = ["therapies.TherapyIndexPage"]
    subpage_types: list[str] = []
    template = "pages/comparison_page.html"
    kind_label = _("Comparison")

    first = models.ForeignKey(
        "therapies.TherapyPage",
        verbose_name=_("first therapy"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    second = models.ForeignKey(
        "therapies.TherapyPage",
        verbose_name=_("second therapy"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    overall = RichTextField(
        _("overall"),
        blank=True,
        features=["bold", "italic", "ul", "link"],
        help_text=_("The difference in a few sentences. The table is made from the facts."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *ReviewedPage.content_panels,
        MultiFieldPanel([PageChooserPanel("first"), PageChooserPanel("second")], heading=_("The pair")),
        FieldPanel("overall"),
        "body",
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(ReviewedPage.review_panels, heading=_("Review")),
            ObjectList(ReviewedPage.promote_panels, heading=_("Promote")),
        ]
    )
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("overall"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")

    def clean(self) -> None:
        super().clean()
        if self.first_id and self.first_id == self.second_id:
            raise ValidationError({"second": _("Choose another therapy to compare with.")})
