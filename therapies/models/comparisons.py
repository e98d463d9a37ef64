from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.blocks import StoryBlock
from core.blocks.story import story_and_questions
from core.content_api.representation.fields import PageLinkField
from core.models import ReviewedPage
from core.query_strings import with_query
from core.seo.structured_data import Node, extended
from core.visibility import is_withheld
from therapies import structured_data
from therapies.blocks import SuitsBlock
from therapies.compare_urls import compare_url
from therapies.comparing import pairs
from therapies.comparing.comparison import Comparison
from therapies.comparing.sides import ComparisonSide
from therapies.models.suiting import lines_of
from therapies.models.therapies import TherapyPage
from therapies.serializers import TableField


class ComparisonQuerySet(PageQuerySet):
    def of(self, therapies: Sequence[TherapyPage]) -> "ComparisonQuerySet":
        """Comparisons of exactly these therapies, in either order."""
        if len(therapies) != pairs.FEWEST:
            return self.none()
        one, other = therapies
        return self.filter(models.Q(first=one, second=other) | models.Q(first=other, second=one))

    def only(self, *fields: str) -> Self:
        """Read these without the join of every query. Wagtail so reads what it deletes, and translations."""
        return super(ComparisonQuerySet, self.select_related(None)).only(*fields)

    def missing_a_therapy(self, at: datetime) -> "ComparisonQuerySet":
        """Comparisons of which at least one therapy is not public at that moment."""
        hidden = TherapyPage.objects.hidden(at).values("pk")
        return self.filter(models.Q(first__in=hidden) | models.Q(second__in=hidden))


class ComparisonManager(PageManager.from_queryset(ComparisonQuerySet)):  # type: ignore[misc] # made at run time
    """Joins both therapies in every query: the address of a comparison is made from their names."""

    def get_queryset(self) -> ComparisonQuerySet:
        return super().get_queryset().select_related("first", "second")


class ComparisonPage(ReviewedPage):
    """An editor's own words around the table of a pair. The compare address serves it."""

    page_description = _("Your own words about two therapies. The differences are made from their facts.")
    parent_page_types = ["therapies.TherapyIndexPage"]
    subpage_types: list[str] = []
    template = "pages/comparison_page.html"
    kind_label = _("Comparison")
    kind_heading = _("Comparisons")
    schema_type = "MedicalWebPage"
    is_published_with_its_copy = False
    needs_care_card = False

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
    first_heading = models.CharField(
        _("heading of the first"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("“DIT, if you keep meeting the same story”. Empty: its name."),
    )
    first_suits = StreamField(
        SuitsBlock(),
        verbose_name=_("the first may suit you if"),
        blank=True,
        help_text=_("Empty: the lines of its own page."),
    )
    second_heading = models.CharField(
        _("heading of the second"), max_length=80, blank=True, db_default="", help_text=_("Empty: its name.")
    )
    second_suits = StreamField(
        SuitsBlock(),
        verbose_name=_("the second may suit you if"),
        blank=True,
        help_text=_("Empty: the lines of its own page."),
    )
    overall = RichTextField(
        _("overall"),
        blank=True,
        features=["bold", "italic", "ul", "link"],
        help_text=_(
            "In a sentence or two, below the differences, such as what both have in common. "
            "The table is made from the facts."
        ),
    )
    body = StreamField(StoryBlock(), verbose_name=_("more"), blank=True)

    objects = ComparisonManager()

    content_panels = [
        *ReviewedPage.content_panels,
        MultiFieldPanel([PageChooserPanel("first"), PageChooserPanel("second")], heading=_("The pair")),
        MultiFieldPanel(["first_heading", "first_suits"], heading=_("Which might suit you: the first")),
        MultiFieldPanel(["second_heading", "second_suits"], heading=_("Which might suit you: the second")),
        FieldPanel("overall"),
        "body",
    ]
    search_fields = [
        *ReviewedPage.search_fields,
        index.SearchField("first_heading"),
        index.SearchField("first_suits"),
        index.SearchField("second_heading"),
        index.SearchField("second_suits"),
        index.SearchField("overall"),
        index.SearchField("body"),
    ]
    api_fields = [
        *ReviewedPage.api_fields,
        APIField("first", serializer=PageLinkField()),
        APIField("second", serializer=PageLinkField()),
        APIField("first_heading"),
        APIField("first_suits"),
        APIField("second_heading"),
        APIField("second_suits"),
        APIField("table", serializer=TableField(source="*")),
        APIField("overall"),
        APIField("body"),
    ]

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")

    def clean(self) -> None:
        super().clean()
        if self.first_id and self.first_id == self.second_id:
            raise ValidationError({"second": _("Choose another therapy to compare with.")})

    def copy(self, *args: Any, update_attrs: dict[str, Any] | None = None, **kwargs: Any) -> Self:
        """A translation compares the therapies of its own language, where they are translated."""
        attributes = dict(update_attrs or {})
        if locale := attributes.get("locale"):
            for side, therapy in self._chosen():
                attributes[side] = therapy.get_translation_or_none(locale) or therapy
        return super().copy(*args, update_attrs=attributes, **kwargs)

    def check_publication(self) -> None:
        super().check_publication()
        for side, therapy in self._chosen():
            if therapy.locale_id != self.locale_id:
                words = _("“%s” is in another language. Translate it first, and choose its translation here.")
                raise ValidationError({side: words % therapy.title})
        if self.first_id and self.second_id:
            public_ones = ComparisonPage.objects.live().filter(alias_of=None).exclude(pk=self.pk)
            same = public_ones.of([self.first, self.second]).first()
            if same:
                raise ValidationError({"second": _("“%s” compares these two already.") % same.title})

    @property
    def therapies(self) -> list[TherapyPage]:
        """Return the therapies in the order of the address, whichever of them the editor chose first.

        There are fewer than two in a draft that another front end shows while one is not public.
        """
        return sorted(
            (therapy for _side, therapy in self._chosen()), key=lambda therapy: therapy.compare_name
        )

    def _chosen(self) -> Iterator[tuple[str, TherapyPage]]:
        for side in ("first", "second"):
            if getattr(self, f"{side}_id"):
                yield side, getattr(self, side)

    def sides(self, request: HttpRequest | None = None) -> list[ComparisonSide]:
        """Return a panel for each therapy, in the order of the address."""
        said = {
            self.first_id: (self.first_heading, lines_of(self.first_suits)),
            self.second_id: (self.second_heading, lines_of(self.second_suits)),
        }
        return [therapy.as_side(request, *said[therapy.pk]) for therapy in self.therapies]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """Return the compare address, which serves this page, in place of its address in the tree."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None or len(self.therapies) < pairs.FEWEST:
            return parts
        site_id, root_url, path = parts
        above = path.rstrip("/").rpartition("/")[0]
        below = pairs.path_below_list(therapy.compare_name for therapy in self.therapies)
        return site_id, root_url, f"{above}/{below}"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        parts = self.get_url_parts(request)
        elsewhere = parts is not None and request.path != parts[2]
        if elsewhere and not getattr(request, "is_preview", False) and not is_withheld(self):
            address = with_query(self.get_url(request), request.META["QUERY_STRING"])
            return redirect(address, permanent=True)
        return super().serve(request, *args, **kwargs)

    def comparison(self, request: HttpRequest | None = None) -> Comparison:
        return TherapyPage.compare(self.therapies, request=request)

    def structured_data(self, request: HttpRequest) -> list[Node]:
        more = {
            "about": [therapy.as_treatment(request) for therapy in self.therapies],
            "citation": structured_data.citations(self.comparison(request).references),
        }
        return extended(super().structured_data(request), more)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        story, questions = story_and_questions(self.body)
        comparison = self.comparison(request)
        return context | {
            "comparison": comparison,
            "references": comparison.references,
            "sides": self.sides(request),
            "story": story,
            "questions": questions,
            "compare_address": compare_url(self.get_parent(), request),
        }
