"""What each therapy answers to the points of comparison.

Values are child rows of a therapy's page: drafted, reviewed and published with it.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from core.models import Reviewer
from core.models.counted_relations import CountedManyToManyField
from core.models.drafts import ForgivingDraft
from core.visibility import is_published
from therapies.enums import Unit
from therapies.facts import ShownValue
from therapies.forms import SourceChooser
from therapies.models.references import Reference


class DimensionValue(ForgivingDraft, Orderable):
    """One therapy's answer to one question. Without a reference it is the practice's own statement."""

    therapy = ParentalKey("therapies.TherapyPage", on_delete=models.CASCADE, related_name="values")
    dimension = models.ForeignKey(
        "therapies.ComparisonDimension",
        verbose_name=_("point of comparison"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    short_value = models.CharField(
        _("short answer"),
        max_length=160,
        blank=True,
        help_text=_("For tables. Leave empty for a plain range: it is written from the numbers."),
    )
    detail = models.TextField(_("more detail"), blank=True)
    minimum = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("to"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, blank=True)
    references = CountedManyToManyField(
        Reference,
        verbose_name=_("sources"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: shown as the practice's own statement."),
    )
    checked_on = models.DateField(_("checked on"), default=timezone.localdate)
    checked_by = models.ForeignKey(
        Reviewer,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        "dimension",
        "short_value",
        "detail",
        FieldRowPanel(["minimum", "maximum", "unit"]),
        FieldPanel("references", widget=SourceChooser),
        FieldRowPanel(["checked_on", "checked_by"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("fact")
        constraints = [
            # At the end of the transaction: two facts may swap their dimensions in one edit.
            models.UniqueConstraint(
                fields=["therapy", "dimension"],
                name="one_fact_per_dimension",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.answer}"

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            errors["maximum"] = _("This is smaller than the first number.")
        if (self.minimum is not None or self.maximum is not None) and not self.unit:
            errors["unit"] = _("Say what is counted: sessions and weeks are not the same.")
        if not self.short_value and self.minimum is None and self.maximum is None:
            errors["short_value"] = _("Give a short answer or a range.")
        if errors:
            raise ValidationError(errors)

    @property
    def row_title(self) -> str:
        """Return what heads its row in the editor, or an empty text while the row is new."""
        return f"{self.dimension.question} {self.answer}".strip() if self.dimension_id else ""

    @property
    def range_text(self) -> str:
        """Return “12 to 16 sessions”, “16 sessions”, “up to 20 sessions”, or an empty text."""
        low, high = self.minimum, self.maximum
        if low is None and high is None:
            return ""
        unit = self.get_unit_display()
        if low is None:
            return gettext("up to %(high)s %(unit)s") % {"high": high, "unit": unit}
        if high is None:
            return gettext("%(low)s %(unit)s or more") % {"low": low, "unit": unit}
        if low == high:
            return f"{low} {unit}"
        return gettext("%(low)s to %(high)s %(unit)s") % {"low": low, "high": high, "unit": unit}

    @property
    def answer(self) -> str:
        return self.short_value or self.range_text

    @property
    def is_source_withdrawn(self) -> bool:
        """Return whether it names sources, and none that readers can see, but one that they could."""
        named = list(self.references.all())
        return any(one.is_withdrawn for one in named) and not any(is_published(one) for one in named)

    def as_shown(self) -> ShownValue:
        """Return the value with the references that are published."""
        published = [reference for reference in self.references.all() if is_published(reference)]
        return ShownValue(
            dimension=self.dimension.as_shown(),
            answer=self.answer,
            detail=self.detail,
            minimum=self.minimum,
            maximum=self.maximum,
            unit=self.unit,
            references=tuple(reference.as_shown() for reference in published),
            checked_on=self.checked_on,
            checked_by=str(self.checked_by or ""),
            is_source_withdrawn=self.is_source_withdrawn,
        )
