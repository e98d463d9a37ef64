"""What is known of therapies for concerns: child rows of a therapy's page, published with it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from core.models.drafts import ForgivingDraft
from core.visibility import is_published
from therapies.enums import EvidenceLevel
from therapies.facts import ShownEvidence
from therapies.models.references import Reference


class TherapyEvidence(ForgivingDraft, Orderable):
    """What is known about one therapy for one concern. Never one badge for a whole therapy.

    There can be several for a concern: helpful for some people, and tested without a benefit for others.
    """

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
                fields=["therapy", "concern", "level"],
                name="one_evidence_per_concern_and_level",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern}: {self.get_level_display()}"

    @property
    def row_title(self) -> str:
        """Return what heads its row in the editor, or an empty text while the row is new."""
        return str(self) if self.concern_id else ""

    def clean(self) -> None:
        super().clean()
        if self.level != EvidenceLevel.CLINICAL_EXPERIENCE and not self.reference_id:
            raise ValidationError({"reference": _("Name the source, or choose “Clinical experience”.")})

    @property
    def is_source_withdrawn(self) -> bool:
        return self.reference is not None and self.reference.is_withdrawn

    def as_shown(self) -> ShownEvidence:
        """Return the evidence, with its reference if that is published."""
        return ShownEvidence(
            level=EvidenceLevel(self.level),
            population=self.population,
            note=self.note,
            reference=self.reference.as_shown() if self.reference and is_published(self.reference) else None,
            checked_on=self.checked_on,
            is_source_withdrawn=self.is_source_withdrawn,
        )
