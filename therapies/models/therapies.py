from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from home.models import BasePage, ReviewedPage
from home.visibility import public
from therapies.blocks import TherapyStoryBlock
from therapies.enums import TherapyFamily


class TherapyQuerySet(PageQuerySet):
    def published(self) -> "TherapyQuerySet":
        return public(self)


class TherapyIndexPage(RoutablePageMixin, BasePage):
    """The list of therapies, and the way to compare them."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapies.TherapyPage", "therapies.ComparisonPage"]
    max_count_per_parent = 1
    template = "pages/therapy_index_page.html"

    class Meta:
        verbose_name = _("list of therapies")


class TherapyPage(ReviewedPage):
    """A therapy: an article, and the facts that every table and answer is made from."""

    parent_page_types = ["therapies.TherapyIndexPage"]
    subpage_types: list[str] = []
    template = "pages/therapy_page.html"
    kind_label = _("Therapy")

    abbreviation = models.CharField(_("abbreviation"), max_length=12, blank=True, help_text=_("“IPT”."))
    other_names = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("True synonyms only, separated by commas. Never the name of another therapy."),
    )
    family = models.CharField(_("family"), max_length=20, choices=TherapyFamily)
    body = StreamField(TherapyStoryBlock(), verbose_name=_("article"), blank=True)

    objects = PageManager.from_queryset(TherapyQuerySet)()

    content_panels = [
        *ReviewedPage.content_panels,
        MultiFieldPanel(["abbreviation", "other_names", "family"], heading=_("Names")),
        "body",
    ]
    facts_panels = [
        HelpPanel(
            content=_(
                "Each fact is kept once, here. The fact box, every comparison and the API are made from it."
            )
        ),
        InlinePanel("values", heading=_("Facts"), label=_("Fact")),
    ]
    evidence_panels = [InlinePanel("evidence", heading=_("What it helps with"), label=_("Concern"))]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Article")),
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(evidence_panels, heading=_("Evidence")),
            ObjectList(ReviewedPage.review_panels, heading=_("Review")),
            ObjectList(ReviewedPage.promote_panels, heading=_("Promote")),
        ]
    )
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("abbreviation", boost=3),
        index.SearchField("other_names_text", boost=3),
        index.AutocompleteField("abbreviation"),
        index.SearchField("facts_text"),
        index.SearchField("body"),
        index.FilterField("family"),
    ]

    class Meta:
        verbose_name = _("therapy")
        verbose_name_plural = _("therapies")

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.title

    @property
    def name_with_abbreviation(self) -> str:
        return f"{self.title} ({self.abbreviation})" if self.abbreviation else self.title

    def other_names_text(self) -> str:
        return ", ".join(self.other_names)

    def facts_text(self) -> str:
        """The facts as words, so that a search finds a page by what its table says."""
        return " ".join(f"{value.answer} {value.detail}" for value in self.values.all())
