import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import compress
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.queryset import FakeQuerySet
from wagtail.admin.panels import (
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.blocks.story import story_and_questions
from core.caching.once_for_request import once_for_request
from core.conditional_text import ConditionalText
from core.content_api.representation.fields import ChoiceField
from core.linked_pages import all_public_pages
from core.models import ReviewedPage
from core.seo.structured_data import Node, extended
from core.visibility import each_once, public, restricted
from therapies import structured_data
from therapies.articles.article import TherapyArticle, therapy_article
from therapies.blocks import OtherWayBlock, SuitsBlock, TherapyStoryBlock
from therapies.compare_urls import compare_url
from therapies.comparing.comparison import Comparison, compare
from therapies.comparing.sides import ComparisonSide
from therapies.enums import Drawing, TherapyFamily
from therapies.facts import ShownDimension, ShownEvidence, ShownTherapy, TherapyFacts
from therapies.models.facts_preview import FactsPreview
from therapies.models.stored_evidence import stored_evidence
from therapies.models.stored_facts import facts_of_draft, stored_facts
from therapies.models.suiting import lines_of, other_ways
from therapies.serializers import EvidenceField, FactsField

SLUG = re.compile(r"[a-z0-9_-]+")


class TherapyQuerySet(PageQuerySet):
    def published(self) -> "TherapyQuerySet":
        return public(self)

    def hidden(self, at: datetime) -> "TherapyQuerySet":
        """Drafts, and pages that are expired or restricted at that moment: the opposite of `public`.

        It is spelt out here because `public` itself applies a rule that needs it (`missing_a_therapy`).
        """
        expired = models.Q(expire_at__lte=at)
        return self.filter(models.Q(live=False) | expired | restricted())

    def listed_on(self, index: Page) -> "TherapyQuerySet":
        """The published therapies of a list, by title."""
        return each_once(self.child_of(index).published()).order_by("title")

    def as_choices(self) -> list[tuple[str, str]]:
        """Return the choices of a form: the name in the address of a comparison, and the name for readers."""
        return [(therapy.compare_name, therapy.name_with_abbreviation) for therapy in self]


class TherapyPage(FactsPreview):
    """A therapy: an article, and the facts that every table and answer is made from."""

    page_description = _("One therapy: its article, its facts with their sources, and what is known of it.")
    parent_page_types = ["therapies.TherapyIndexPage"]
    subpage_types: list[str] = []
    template = "pages/therapy_page.html"
    kind_label = _("Therapy")
    kind_heading = _("Therapies")
    other_name_fields = ("abbreviation", "other_names")
    schema_type = "MedicalWebPage"
    of_its_subject = ("abbreviation",)
    needs_care_card = False
    #: How long it takes, in words: looked up for a whole list.
    length = ""

    abbreviation = models.CharField(_("abbreviation"), max_length=12, blank=True, help_text=_("“IPT”."))
    other_names = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("True synonyms only, separated by commas. Never the name of another therapy."),
    )
    family = models.CharField(_("family"), max_length=20, choices=TherapyFamily)
    in_short = models.CharField(
        _("in a line"),
        max_length=90,
        blank=True,
        db_default="",
        help_text=_(
            "For lists: what you would do there. “Work on one loss, change or quarrel, as it is today.”"
        ),
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=20,
        choices=Drawing,
        blank=True,
        db_default="",
        help_text=_("Beside its name."),
    )
    suits = StreamField(
        SuitsBlock(),
        verbose_name=_("it may suit you if"),
        blank=True,
        help_text=_("Two to four lines. They stand first, and in every comparison."),
    )
    other_way = StreamField(
        OtherWayBlock(),
        verbose_name=_("another way may suit you more if"),
        blank=True,
        help_text=_("Two to four lines, each with the therapy to look at where there is one."),
    )
    body = StreamField(TherapyStoryBlock(), verbose_name=_("article"), blank=True)

    objects = PageManager.from_queryset(TherapyQuerySet)()

    content_panels = [
        *ReviewedPage.content_panels,
        MultiFieldPanel(["abbreviation", "other_names", "family"], heading=_("Names")),
        MultiFieldPanel(["in_short", "drawing"], heading=_("In lists")),
        "suits",
        "other_way",
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
    evidence_panels = [
        InlinePanel("evidence", heading=_("What is known, for each concern"), label=_("Concern"))
    ]
    content_heading = _("Article")
    tabs = [(_("Facts"), facts_panels), (_("Evidence"), evidence_panels), *ReviewedPage.tabs]
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("abbreviation", boost=3),
        index.SearchField("other_names_text", boost=3),
        index.AutocompleteField("abbreviation"),
        index.SearchField("in_short"),
        index.SearchField("suits"),
        index.SearchField("other_way"),
        index.SearchField("body"),
        index.FilterField("family"),
    ]
    api_fields = [
        *ReviewedPage.api_fields,
        APIField("abbreviation"),
        APIField("other_names"),
        APIField("family", serializer=ChoiceField(TherapyFamily)),
        APIField("in_short"),
        APIField("drawing", serializer=ChoiceField(Drawing)),
        APIField("suits"),
        APIField("other_way"),
        APIField("facts", serializer=FactsField()),
        APIField("evidence", serializer=EvidenceField()),
        APIField("body"),
    ]

    class Meta:
        verbose_name = _("therapy")
        verbose_name_plural = _("therapies")

    def check_publication(self) -> None:
        super().check_publication()
        if self.abbreviation:
            same = TherapyPage.objects.live().filter(alias_of=None, locale=self.locale_id)
            other = same.filter(abbreviation__iexact=self.abbreviation).exclude(pk=self.pk).first()
            if other:
                raise ValidationError(
                    {"abbreviation": _("This already stands for “%(title)s”.") % {"title": other.title}}
                )

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.title

    @property
    def name_with_abbreviation(self) -> str:
        return f"{self.title} ({self.abbreviation})" if self.abbreviation else self.title

    @property
    def list_title(self) -> str:
        return self.name_with_abbreviation

    @property
    def compare_name(self) -> str:
        """Return what this therapy is called in the address of a comparison."""
        abbreviation = self.abbreviation.lower()
        return abbreviation if SLUG.fullmatch(abbreviation) else self.slug.lower()

    def as_side(
        self, request: HttpRequest | None, heading: str = "", lines: Sequence[str] = ()
    ) -> ComparisonSide:
        """Return its panel in a comparison: what an editor said of the pair, or else its own lines."""
        own_lines = lines_of(self.suits)
        own_heading = _("%(name)s may suit you if") if own_lines and not lines else "%(name)s"
        return ComparisonSide(
            therapy=self.as_shown(request),
            heading=heading or str(own_heading % {"name": self.short_name}),
            lines=tuple(lines) or own_lines,
            summary=self.summary,
            drawing=self.drawing,
        )

    @property
    def has_verdict(self) -> bool:  # type: ignore[override] # said of every page of other kinds
        return bool(self.suits)

    def other_names_text(self) -> str:
        return ", ".join(self.other_names)

    def conditional_texts(self) -> Iterator[ConditionalText]:
        """Add the values as words, so that a search finds a page by what its table says."""
        yield from super().conditional_texts()
        for value in self.values.all():
            needs = ((type(value.dimension), value.dimension_id),)
            yield ConditionalText(needs, f"{value.answer} {value.detail}".strip())

    def as_shown(self, request: HttpRequest | None = None) -> ShownTherapy:
        return ShownTherapy(
            id=self.pk,
            compare_name=self.compare_name,
            title=self.title,
            short_name=self.short_name,
            url=self.get_url(request) or "",
        )

    @classmethod
    def facts_of(
        cls, therapies: Sequence["TherapyPage"], request: HttpRequest | None = None
    ) -> list[TherapyFacts]:
        """Return the facts of these pages, in a constant number of queries.

        A draft answers with its draft values.
        """
        values = [therapy.values.all() for therapy in therapies]
        as_stored = [not isinstance(of_one, FakeQuerySet) for of_one in values]
        stored = stored_facts(therapy.pk for therapy in compress(therapies, as_stored))
        return [
            TherapyFacts(
                therapy=therapy.as_shown(request),
                values=stored.get(therapy.pk, {}) if is_stored else facts_of_draft(list(of_one)),
            )
            for therapy, of_one, is_stored in zip(therapies, values, as_stored, strict=True)
        ]

    @classmethod
    def compare(
        cls,
        therapies: Sequence["TherapyPage"],
        dimensions: Sequence[ShownDimension] | None = None,
        request: HttpRequest | None = None,
    ) -> Comparison:
        """Compare these pages, in their order. The caller has made sure that each may be read."""
        return compare(cls.facts_of(therapies, request), dimensions)

    def facts(self, request: HttpRequest | None = None) -> TherapyFacts:
        [facts] = self.facts_of([self], request)
        return facts

    def _evidence(self) -> list[tuple[int, ShownEvidence]]:
        """Return what is known of it, each with the primary key of its concern."""
        rows = self.evidence.all()
        if isinstance(rows, FakeQuerySet):  # a draft has rows of its own, and needs their references
            prefetch_related_objects(list(rows), "reference__superseded_by")
            return [(row.concern_id, row.as_shown()) for row in rows]
        return [(row.concern_id, row.shown) for row in stored_evidence() if row.therapy_id == self.pk]

    @once_for_request
    def article(self, request: HttpRequest | None = None) -> TherapyArticle:
        facts = self.facts(request)
        concerns = all_public_pages("therapies.ConcernPage", None)
        rows = self._evidence()
        evidence = [(concerns[concern], shown) for concern, shown in rows if concern in concerns]
        return therapy_article(facts, evidence, request)

    def as_treatment(self, request: HttpRequest) -> Node:
        return structured_data.therapy(
            self.get_canonical_url(request),
            self.title,
            self.also_called,
            self.summary,
        )

    def structured_data(self, request: HttpRequest) -> list[Node]:
        citations = structured_data.citations(self.article(request).references)
        more = {"mainEntity": self.as_treatment(request), "citation": citations}
        return extended(super().structured_data(request), more)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        article = self.article(request)
        story, questions = story_and_questions(self.body)
        return super().get_context(request, *args, **kwargs) | {
            "article": article,
            "references": article.references,
            "suits": lines_of(self.suits),
            "other_ways": other_ways(self.other_way),
            "story": story,
            "questions": questions,
            "compare_address": compare_url(self.get_parent(), request),
        }
