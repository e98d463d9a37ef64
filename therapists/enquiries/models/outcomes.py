import uuid
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.enums import State
from therapists.enquiries.models.base import PrivateModel
from therapists.enquiries.models.history import StateChange


class Side(models.TextChoices):
    VISITOR = "visitor", _("The visitor")
    THERAPIST = "therapist", _("The therapist")


class ConsultationOutcome(models.TextChoices):
    MET = "met", _("We met")
    NOT_COME = "not_come", _("They did not come")
    STARTING = "starting", _("We start")
    NOT_A_FIT = "not_a_fit", _("It is not a fit")


class OutcomeReportQuerySet(models.QuerySet["OutcomeReport"]):
    def of_this_introduction(self) -> Self:
        """Keep what was said since the enquiry was last introduced: before, it was about somebody else."""
        introduced = StateChange.objects.filter(enquiry=OuterRef("enquiry"), after=State.INTRODUCED)
        latest = introduced.order_by("-changed_at").values("changed_at")[:1]
        return self.filter(said_at__gte=Subquery(latest))


class OutcomeReport(PrivateModel):
    """What one of the two said became of an introduction. They may say more later: the last holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="outcome_reports")
    side = models.CharField(_("who"), max_length=10, choices=Side)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=ConsultationOutcome)
    words = EncryptedTextField(_("in their words"))
    said_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = OutcomeReportQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        ordering = ["said_at"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_outcome_display()}"
