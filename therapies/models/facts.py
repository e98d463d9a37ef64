"""Facts about a therapy. Child rows of its page: drafted, reviewed and published with it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from core.models import Reviewer
from core.models.drafts import ForgivingDraft
from therapies.enums import EvidenceLevel, Unit
from therapies.forms import SourcesToTick
from therapies.models.dimensions import ComparisonDimension
from therapies.models.references import Reference


class DimensionValue(ForgivingDraft, Orderable):
    """One therapy's answer to one question. Without a source it is the practice's own statement."""

    therapy = ParentalKey("therapies.TherapyPage", on_delete=models.CASCADE, related_name="values")
    dimension = models.ForeignKey(
        ComparisonDimension,
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
    references = ParentalManyToManyField(
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
        FieldPanel("references", widget=SourcesToTick, classname="fact-sources"),
        FieldRowPanel(["checked_on", "checked_by"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("fact")
        constraints = [
            # At the end of the transaction: two facts may swap their questions in one edit.
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
    def range_text(self) -> str:
        """“12 to 16 sessions”, “16 sessions”, “up to 20 sessions”, or nothing."""
        low, high, unit = self.minimum, self.maximum, self.get_unit_display()
        if low is None and high is None:
            return ""
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


class TherapyEvidence(ForgivingDraft, Orderable):
    """What is known about one therapy for one concern. Never one badge for a whole therapy."""

    therapy = ParentalKey("therapies.TherapyPage", on_delete=models.CASCADE, related_name="evidence")
    concern = models.ForeignKey(
        "therapies.ConcernPage",
        verbose_name=_("concern"),
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    level = models.CharField(
        _("strength"),
        max_length=20,
        choices=EvidenceLevel,
        default=EvidenceLevel.CLINICAL_EXPERIENCE,
    )
    population = models.CharField(
        _("for whom"),
        max_length=160,
        blank=True,
        help_text=_("“Adults with less severe depression”."),
    )
    note = models.TextField(_("what was found"), blank=True)
    reference = models.ForeignKey(
        Reference,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    checked_on = models.DateField(_("checked on"), default=timezone.localdate)

    panels = [
        PageChooserPanel("concern"),
        FieldRowPanel(["level", "population"]),
        "note",
        FieldPanel("reference"),
        "checked_on",
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["therapy", "concern"],
                name="one_evidence_per_concern",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern}: {self.get_level_display()}"

    def clean(self) -> None:
        super().clean()
        if self.level != EvidenceLevel.CLINICAL_EXPERIENCE and not self.reference_id:
            raise ValidationError({"reference": _("Name the source, or choose “Clinical experience”.")})
