from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.admin.choices import EachChoice
from core.blocks import StoryBlock
from core.blocks.story import story_and_questions
from core.caching.once_for_request import once_for_request
from core.content_api.representation.fields import ChoiceField
from core.linked_pages import all_public_pages
from core.models import BasePage, ReviewedPage
from core.models.counted_relations import CountedManyToManyField
from core.seo.structured_data import Node, extended
from core.visibility import each_once, public
from therapies import structured_data
from therapies.articles.article import WhatHelps, what_helps
from therapies.blocks import ConcernGroupBlock
from therapies.enums import ConcernKind
from therapies.models.list_groups import list_groups
from therapies.models.stored_evidence import stored_evidence
from therapies.serializers import PageLinksField, TherapiesThatHelpField


class ConcernQuerySet(PageQuerySet):
    def published(self) -> "ConcernQuerySet":
        return public(self)


class ConcernIndexPage(BasePage):
    """What people come with: the list of concerns."""

    page_description = _(
        "The list of what people come with, in groups with headings as visitors would say them."
    )
    parent_page_types = ["home.HomePage"]
    subpage_types = ["therapies.ConcernPage"]
    max_count_per_parent = 1
    template = "pages/concern_index_page.html"
    schema_type = "CollectionPage"

    heading = models.CharField(
        _("heading"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("“What brings you here?” Empty: the title."),
    )
    groups = StreamField(
        [("group", ConcernGroupBlock())],
        verbose_name=_("groups"),
        blank=True,
        help_text=_("In their order. A concern that stands in none follows under the name of its kind."),
    )

    content_panels = [*BasePage.content_panels, "heading", "groups"]
    search_fields = [*BasePage.search_fields, index.SearchField("heading"), index.SearchField("groups")]
    api_fields = [*BasePage.api_fields, APIField("heading"), APIField("groups")]

    class Meta:
        verbose_name = _("list of concerns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        concerns = each_once(ConcernPage.objects.child_of(self).published()).order_by("title")
        context = super().get_context(request, *args, **kwargs)
        return context | {"groups": list_groups(self.groups, concerns, ConcernKind, "kind")}


class ConcernPage(ReviewedPage):
    """Something that brings people here, named in their own words."""

    page_description = _(
        "One thing that people come with, in their words: what it is like, and what can help."
    )
    parent_page_types = ["therapies.ConcernIndexPage", "therapies.ConcernPage"]
    subpage_types = ["therapies.ConcernPage"]
    template = "pages/concern_page.html"
    kind_label = _("What people come with")
    kind_heading = _("What people come with")
    other_name_fields = ("clinical_term", "synonyms")
    schema_type = "MedicalWebPage"

    kind = models.CharField(_("kind"), max_length=20, choices=ConcernKind, default=ConcernKind.FEELING)
    clinical_term = models.CharField(
        _("clinical term"),
        max_length=120,
        blank=True,
        help_text=_("What a clinician calls it. The title is what a visitor calls it."),
    )
    synonyms = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other words for it"),
        default=list,
        blank=True,
        help_text=_("Separated by commas. Search finds this page by them."),
    )
    in_short = models.CharField(
        _("in a line"),
        max_length=90,
        blank=True,
        db_default="",
        help_text=_("For lists, as somebody would say it: “Worry that will not switch off.”"),
    )
    adjacent = CountedManyToManyField(
        "self",
        verbose_name=_("related concerns"),
        blank=True,
        symmetrical=False,
        related_name="+",
        help_text=_("Often come together. A therapist who works with one may help with the other."),
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    objects = PageManager.from_queryset(ConcernQuerySet)()

    content_panels = [
        *ReviewedPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind", widget=EachChoice), "clinical_term", "synonyms", "in_short"],
            heading=_("Names"),
        ),
        "body",
        "adjacent",
    ]
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("clinical_term", boost=2),
        index.SearchField("synonyms_text", boost=3),
        index.AutocompleteField("synonyms_text"),
        index.SearchField("in_short"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *ReviewedPage.api_fields,
        APIField("kind", serializer=ChoiceField(ConcernKind)),
        APIField("clinical_term"),
        APIField("synonyms"),
        APIField("in_short"),
        APIField("adjacent", serializer=PageLinksField()),
        APIField("evidence", serializer=TherapiesThatHelpField()),
        APIField("body"),
    ]

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")

    @property
    def list_title(self) -> str:
        return self.title

    def synonyms_text(self) -> str:
        return ", ".join(self.synonyms)

    @once_for_request
    def what_helps(self, request: HttpRequest | None) -> WhatHelps:
        therapies = all_public_pages("therapies.TherapyPage", None)
        rows = [row for row in stored_evidence() if row.concern_id == self.pk and row.therapy_id in therapies]
        return what_helps([(therapies[row.therapy_id], row.shown) for row in rows], request)

    def structured_data(self, request: HttpRequest) -> list[Node]:
        about = structured_data.concern(
            self.get_canonical_url(request), self.title, self.also_called, self.kind
        )
        citations = structured_data.citations(self.what_helps(request).references)
        return extended(super().structured_data(request), {"mainEntity": about, "citation": citations})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        what_helps = self.what_helps(request)
        adjacent = {concern.pk for concern in self.adjacent.all()}
        concerns = all_public_pages("therapies.ConcernPage", None).values()
        related = [concern for concern in concerns if concern.pk in adjacent]
        narrower = [concern for concern in concerns if concern.is_child_of(self)]
        story, questions = story_and_questions(self.body)
        return super().get_context(request, *args, **kwargs) | {
            "what_helps": what_helps,
            "related": related,
            "narrower": narrower,
            "story": story,
            "questions": questions,
            "references": what_helps.references,
        }
