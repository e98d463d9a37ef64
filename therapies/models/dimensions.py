"""Points of comparison: what can be asked of every therapy."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from therapies.comparing.pairs import MOST
from therapies.enums import ValueType
from therapies.facts import ShownDimension
from therapies.models.dimension_translations import dimension_words
from therapies.models.keys import KeyedRecord
from therapies.models.therapies import TherapyPage


class ComparisonDimension(PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, KeyedRecord):
    """A question that can be asked of every therapy: one row of each comparison table."""

    key = models.SlugField(
        _("key"),
        unique=True,
        blank=True,
        help_text=_(
            "A short name for the API and for addresses: “focus”. Left empty, it is made of the label. "
            "Once it is used, leave it as it is."
        ),
    )
    label = models.CharField(_("short label"), max_length=40, help_text=_("Heads the row: “Focus”."))
    question = models.CharField(
        _("question"), max_length=120, help_text=_("What a reader asks: “What does it focus on?”")
    )
    value_type = models.CharField(
        _("type of answer"),
        max_length=10,
        choices=ValueType,
        default=ValueType.TEXT,
        help_text=_("What its answers are. A range has numbers and a unit."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"),
        default=0,
        help_text=_("The lowest number stands first."),
    )
    in_fact_box = models.BooleanField(
        _("shown in the fact box"),
        default=False,
        help_text=_("The short answers at the top of a therapy's page."),
    )

    only_compared = models.BooleanField(
        _("in comparisons only"),
        default=False,
        db_default=False,
        help_text=_("For what the article says in its own words: a therapy's page does not say it again."),
    )
    leads_comparisons = models.BooleanField(
        _("leads comparisons"),
        default=False,
        db_default=False,
        help_text=_(
            "Where two therapies differ in it, it stands among the first differences, in large words."
        ),
    )

    panels = [
        "label",
        "question",
        "value_type",
        "sort_order",
        "in_fact_box",
        "only_compared",
        "leads_comparisons",
        "key",
        PublishingPanel(),
    ]

    key_without_words = "point"

    class Meta:
        verbose_name = _("point of comparison")
        verbose_name_plural = _("points of comparison")
        ordering = ["sort_order", "key"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.in_fact_box and self.only_compared:
            raise ValidationError({"only_compared": _("Choose one of the two: it stands in the fact box.")})

    @property
    def words_of_key(self) -> str:
        return self.label

    def as_shown(self) -> ShownDimension:
        """Return it in the active language."""
        words = dimension_words().get(self.pk, {})
        return ShownDimension(
            key=self.key,
            label=words.get("label", self.label),
            question=words.get("question", self.question),
            in_fact_box=self.in_fact_box,
            only_compared=self.only_compared,
            leads_comparisons=self.leads_comparisons,
            sort_order=self.sort_order,
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/dimension.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Show the row that this makes, over published therapies that have a value for it."""
        answering = TherapyPage.objects.published().filter(values__dimension=self.pk).order_by("title")
        comparison = TherapyPage.compare(list(answering[:MOST]), [self.as_shown()], request)
        context = super().get_preview_context(request, mode_name)
        return context | {"dimension": self, "comparison": comparison}
