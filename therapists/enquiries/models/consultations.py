import uuid
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel
from therapists.models import TherapistPage


class ConsultationState(models.TextChoices):
    #: The therapist says that it suits them; the introduction is not released yet.
    HELD = "held", _("Held until the introduction")
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    RELEASED = "released", _("No longer held")
    #: It was confirmed, and both know of it.
    CALLED_OFF = "called_off", _("Called off")


#: In these the time is taken in the therapist's diary.
TAKEN = [ConsultationState.HELD, ConsultationState.PROPOSED, ConsultationState.CONFIRMED]


#: So long before it begins somebody may say that they will be late.
LATE_FROM = timedelta(hours=2)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def taken(self) -> Self:
        return self.filter(state__in=TAKEN)

    def to_come(self) -> Self:
        return self.filter(during__startswith__gt=timezone.now())

    def agreed(self) -> Self:
        """The therapist and the visitor both said yes to it: one for an enquiry."""
        return self.filter(state__in=[ConsultationState.HELD, ConsultationState.CONFIRMED])

    def held(self) -> Self:
        return self.filter(state=ConsultationState.HELD)

    def proposed(self) -> Self:
        """Times that the visitor may still choose."""
        return self.to_come().filter(state=ConsultationState.PROPOSED)

    def confirmed(self) -> Self:
        return self.filter(state=ConsultationState.CONFIRMED)

    def called_off(self) -> Self:
        return self.filter(state=ConsultationState.CALLED_OFF)


class Consultation(PrivateModel):
    """A time for the free first consultation. The database lets no therapist be booked twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: None once the visitor erased everything: what is left tells the therapist that it is called off.
    enquiry = models.ForeignKey(
        "enquiries.Enquiry", null=True, on_delete=models.CASCADE, related_name="consultations"
    )
    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.PROTECT, related_name="+")
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
                condition=models.Q(state__in=["held", "proposed", "confirmed"]),
            ),
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=models.Q(state__in=["held", "confirmed"]),
                name="one_agreed_consultation_per_enquiry",
            ),
        ]

    def __str__(self) -> str:
        return f"Consultation {self.pk}"

    @property
    def is_to_come(self) -> bool:
        return self.during.lower > timezone.now()

    @property
    def is_over(self) -> bool:
        return self.during.upper <= timezone.now()

    @property
    def may_be_late_for(self) -> bool:
        """It is about to begin, or has begun."""
        return not self.is_over and self.during.lower - LATE_FROM <= timezone.now()


def consultation_time(therapist: TherapistPage, starts: datetime) -> DateTimeTZRange:
    """Return how long a first consultation with a therapist takes from this moment on."""
    return DateTimeTZRange(starts, starts + timedelta(minutes=therapist.consultation_minutes))
