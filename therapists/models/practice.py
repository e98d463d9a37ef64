"""What a therapist offers: therapies, concerns, and client groups with their fees."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from core.linked_pages import all_public_pages
from home.fee_figures import in_pounds
from therapists.enums import ClientGroup, ConcernLevel, TrainingLevel


class TherapistTherapy(Orderable):
    therapist = ParentalKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="therapies")
    therapy = models.ForeignKey(
        "therapies.TherapyPage",
        verbose_name=_("therapy"),
        on_delete=models.CASCADE,
        related_name="therapists",
    )
    training = models.CharField(
        _("training"), max_length=10, choices=TrainingLevel, default=TrainingLevel.FULL
    )

    panels = [PageChooserPanel("therapy"), "training"]

    class Meta(Orderable.Meta):
        verbose_name = _("therapy")
        constraints = [models.UniqueConstraint(fields=["therapist", "therapy"], name="one_row_per_therapy")]

    def __str__(self) -> str:
        return f"{self.therapy} ({self.get_training_display()})"


class TherapistConcern(Orderable):
    """A concern and its level. A specialism counts most in matching: each is checked, and six is the most."""

    therapist = ParentalKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="concerns")
    concern = models.ForeignKey(
        "therapies.ConcernPage",
        verbose_name=_("concern"),
        on_delete=models.CASCADE,
        related_name="therapists",
    )
    level = models.CharField(_("level"), max_length=15, choices=ConcernLevel, default=ConcernLevel.WORKS_WITH)
    verified_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Needed for a specialism.")
    )

    panels = [PageChooserPanel("concern"), FieldRowPanel(["level", "verified_on"])]

    class Meta(Orderable.Meta):
        verbose_name = _("concern")
        constraints = [models.UniqueConstraint(fields=["therapist", "concern"], name="one_row_per_concern")]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.concern}"

    def clean(self) -> None:
        super().clean()
        if self.level == ConcernLevel.SPECIALISM and not self.verified_on:
            raise ValidationError({"verified_on": _("Say when this specialism was checked.")})


def rows_of_public_pages[Row: (TherapistTherapy, TherapistConcern)](
    rows: Iterable[Row], relation: str
) -> list[Row]:
    """Return the rows whose page is public, with that page: a profile must not show drafts."""
    rows = list(rows)
    if not rows:
        return rows
    pages = all_public_pages(rows[0]._meta.get_field(relation).related_model._meta.label, None)
    kept = [row for row in rows if getattr(row, f"{relation}_id") in pages]
    for row in kept:
        setattr(row, relation, pages[getattr(row, f"{relation}_id")])
    return kept


class ClientGroupFee(Orderable):
    therapist = ParentalKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="fees")
    group = models.CharField(_("for"), max_length=12, choices=ClientGroup)
    fee = models.DecimalField(
        _("fee for a session, in pounds"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    reduced_fee = models.DecimalField(
        _("reduced fee, in pounds"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What someone on a low income may ask for. Empty: none."),
    )
    session_minutes = models.PositiveSmallIntegerField(_("minutes of a session"), default=50)

    panels = ["group", FieldRowPanel(["fee", "reduced_fee", "session_minutes"])]

    class Meta(Orderable.Meta):
        verbose_name = _("client group and fee")
        constraints = [
            models.UniqueConstraint(fields=["therapist", "group"], name="one_fee_per_client_group")
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: £{self.fee}"

    @property
    def fee_in_pounds(self) -> str:
        return in_pounds(self.fee)

    @property
    def reduced_fee_in_pounds(self) -> str | None:
        return None if self.reduced_fee is None else in_pounds(self.reduced_fee)

    def clean(self) -> None:
        super().clean()
        fee: Decimal | None = self.fee  # empty while its own error is still to be mended
        if fee is not None and self.reduced_fee is not None and self.reduced_fee >= fee:
            raise ValidationError({"reduced_fee": _("This is not below the full fee.")})
