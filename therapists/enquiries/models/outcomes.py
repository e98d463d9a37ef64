import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.models.base import PrivateModel


class Side(models.TextChoices):
    VISITOR = "visitor", _("The visitor")
    THERAPIST = "therapist", _("The therapist")


class ConsultationOutcome(models.TextChoices):
    MET = "met", _("We met")
    NOT_COME = "not_come", _("They did not come")
    STARTING = "starting", _("We start")
    NOT_A_FIT = "not_a_fit", _("It is not a fit")


class OutcomeReport(PrivateModel):
    """What one of the two said became of an introduction. They may say more later: the last holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="outcome_reports")
    side = models.CharField(_("who"), max_length=10, choices=Side)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=ConsultationOutcome)
    words = EncryptedTextField(_("in their words"))
    said_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta(PrivateModel.Meta):
        ordering = ["said_at"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_outcome_display()}"
