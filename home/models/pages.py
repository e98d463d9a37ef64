from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.content_api.representation.fields import PageLinkField
from core.languages import active_language
from core.models.base import BasePage
from core.models.review import ReviewedPage
from home.blocks import FrontPageStoryBlock, InfoStoryBlock


class HomePage(BasePage):
    """The front page: what the practice does, and the link to the first step."""

    page_description = _("The front page: the first words a visitor reads, and one clear next step.")
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1
    template = "pages/home_page.html"
    shown_with = (*BasePage.shown_with, "first_step_page")

    heading = models.CharField(_("heading"), max_length=120, help_text=_("The first words a visitor reads."))
    first_step_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the first step"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the main button leads."),
    )
    first_step_label = models.CharField(
        _("words on the button"), max_length=40, default=_("Find a therapist")
    )
    first_step_note = models.CharField(
        _("beneath the button"),
        max_length=120,
        blank=True,
        help_text=_("What makes the first step easy: “Free first meeting. No referral needed.”"),
    )
    body = StreamField(FrontPageStoryBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "heading",
        MultiFieldPanel(
            ["first_step_page", "first_step_label", "first_step_note"], heading=_("The first step")
        ),
        "body",
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [
        *BasePage.api_fields,
        APIField("heading"),
        APIField("first_step_page", serializer=PageLinkField()),
        APIField("first_step_label"),
        APIField("first_step_note"),
        APIField("body"),
    ]

    class Meta:
        verbose_name = _("front page")

    @property
    def share_title(self) -> str:
        return self.seo_title or self.heading

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Raise 404 for a language without a public front page: Wagtail would serve the default language."""
        language = active_language()
        if language is not None and language != self.locale.language_code:
            raise Http404
        return super().route(request, path_components)


class InfoPage(ReviewedPage):
    """A page of information: about us, fees, privacy, urgent help."""

    page_description = _("How matching works, fees, privacy: whatever is neither a therapy nor a concern.")
    parent_page_types = ["home.HomePage", "home.InfoPage"]
    template = "pages/info_page.html"
    kind_label = _("Information")
    kind_heading = _("Information")
    is_article = False
    other_name_fields = ("other_words",)

    other_words = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other words for it"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Separated by commas: “price, how much”. Search finds this page by them."),
    )
    body = StreamField(InfoStoryBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*ReviewedPage.content_panels, FieldPanel("other_words"), FieldPanel("body")]
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("other_words_text", boost=3),
        index.AutocompleteField("other_words_text"),
        index.SearchField("body"),
    ]
    api_fields = [*ReviewedPage.api_fields, APIField("body")]

    class Meta:
        verbose_name = _("information page")

    @property
    def leads_to_the_first_step(self) -> bool:
        """Return whether the page invites to the first step at its end, as its editor gave no other."""
        return not any(block.block_type == "invitation" for block in self.body)

    def other_words_text(self) -> str:
        return ", ".join(self.other_words)
