from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class DiaryReminder(PrivateModel):
    """A therapist was reminded of a diary that nobody had confirmed for weeks. One a day at most."""

    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)

    class Meta(PrivateModel.Meta):
        ordering = ["sent_on"]
        constraints = [
            models.UniqueConstraint(fields=["therapist", "sent_on"], name="one_diary_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"Diary reminder {self.pk}"
