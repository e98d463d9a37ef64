import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.enums import State
from therapists.enquiries.models.base import PrivateModel


class LegalHold(PrivateModel):
    """Keeps one enquiry from being erased, by anyone, until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.PROTECT, related_name="legal_holds")
    reason = EncryptedTextField(_("reason"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(PrivateModel.Meta):
        verbose_name = _("legal hold")
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=models.Q(lifted_at=None), name="one_legal_hold_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Legal hold {self.pk}"


class OutcomeCount(PrivateModel):
    """How many enquiries ended how, in a month: all that is left of one that was erased."""

    month = models.DateField(_("month"))
    state = models.CharField(_("ended as"), max_length=15, choices=State)
    concern = models.CharField(_("main concern"), max_length=255)
    count = models.PositiveIntegerField(_("how many"), default=0)

    class Meta(PrivateModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["month", "state", "concern"], name="one_count_per_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}, {self.get_state_display()}: {self.count}"


class UnmetDemandCount(PrivateModel):
    """What was asked for in a month by those without a match: a count that outlives their enquiries."""

    month = models.DateField(_("month"))
    concern = models.CharField(_("main concern"), max_length=255)
    window = models.CharField(_("time of the day"), max_length=10, blank=True)
    budget = models.CharField(_("budget"), max_length=10, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=0)

    class Meta(PrivateModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["month", "concern", "window", "budget"], name="one_count_of_unmet_demand"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}, {self.concern}: {self.count}"


class PurgeRun(PrivateModel):
    """The last time that the purge finished, so that its lateness can be seen."""

    finished_at = models.DateTimeField(_("finished"), default=timezone.now)
    erased = models.PositiveIntegerField(_("erased"), default=0)

    class Meta(PrivateModel.Meta):
        get_latest_by = "finished_at"

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M}: {self.erased}"
