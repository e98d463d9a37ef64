"""The answers that are lists. Each keeps the words that the visitor saw, should the page go later."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel
from therapists.enums import DayPart, Weekday


class EnquiryConcern(PrivateModel):
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="concerns")
    #: Zero is the main concern.
    position = models.PositiveSmallIntegerField(_("position"))
    concern = models.ForeignKey(
        "therapies.ConcernPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    label = models.CharField(_("concern"), max_length=255)

    class Meta(PrivateModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "position"], name="one_concern_per_position")
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"


class EnquiryApproach(PrivateModel):
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="approaches")
    therapy = models.ForeignKey(
        "therapies.TherapyPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    label = models.CharField(_("therapy"), max_length=255)

    class Meta(PrivateModel.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Approach {self.pk}"


class PreferredTimeQuerySet(models.QuerySet["PreferredTime"]):
    def to_come(self) -> Self:
        return self.filter(starts__gt=timezone.now())


class PreferredTime(PrivateModel):
    """When the visitor could meet for the first consultation: a moment, the same on every clock."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="preferred_times")
    starts = models.DateTimeField(_("from"))

    objects = PreferredTimeQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "starts"], name="preferred_time_given_once")
        ]

    def __str__(self) -> str:
        return f"Preferred time {self.pk}"


class EnquirySlot(PrivateModel):
    """A part of a weekday that suits the visitor, in the visitor's time zone."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    part = models.CharField(_("part of the day"), max_length=10, choices=DayPart)

    class Meta(PrivateModel.Meta):
        ordering = ["weekday", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "weekday", "part"], name="one_row_per_slot")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.get_part_display()}"
