from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel
from therapists.models import TherapistPage


class UnansweredOfferQuerySet(models.QuerySet["UnansweredOffer"]):
    def in_a_row(self, therapist: TherapistPage) -> Self:
        """Those since their last answer, or since the pause that came of them."""
        return self.filter(therapist=therapist, row_ended_at=None)

    def using_a_place(self) -> Self:
        since = timezone.now() - timedelta(days=settings.ENQUIRY_UNANSWERED_USES_PLACE_DAYS)
        return self.filter(offered_at__gt=since)


class UnansweredOffer(PrivateModel):
    """A therapist let an offer expire that reached them. It outlives its enquiry, and tells nothing of it."""

    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="+")
    #: None once its enquiry was erased.
    offer = models.OneToOneField(
        "enquiries.Offer", null=True, on_delete=models.SET_NULL, related_name="unanswered"
    )
    offered_at = models.DateTimeField(_("made"))
    #: When they answered another offer, or were paused: what follows is a new row.
    row_ended_at = models.DateTimeField(_("row ended"), null=True)

    objects = UnansweredOfferQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("unanswered offer")
        ordering = ["offered_at"]
        indexes = [models.Index(fields=["therapist", "-offered_at"], name="unanswered_of_therapist")]

    def __str__(self) -> str:
        return f"Unanswered offer {self.pk}"
