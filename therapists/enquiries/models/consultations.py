import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class ConsultationState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    RELEASED = "released", _("No longer held")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def proposed(self) -> Self:
        """Times that the visitor may still choose."""
        return self.filter(state=ConsultationState.PROPOSED, during__startswith__gt=timezone.now())

    def confirmed(self) -> Self:
        return self.filter(state=ConsultationState.CONFIRMED)


class Consultation(PrivateModel):
    """A time for the free first consultation. The database lets no therapist be booked twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="consultations")
    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="+")
    during = DateTimeRangeField(_("time"))
    state = models.CharField(
        _("state"), max_length=10, choices=ConsultationState, default=ConsultationState.PROPOSED
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("consultation")
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[("therapist", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=["proposed", "confirmed"]),
            ),
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=models.Q(state="confirmed"),
                name="one_confirmed_consultation_per_enquiry",
            ),
        ]

    def __str__(self) -> str:
        return f"Consultation {self.pk}"
