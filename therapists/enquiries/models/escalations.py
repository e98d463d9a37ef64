from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class EscalationLevel(models.IntegerChoices):
    """Who has been told, one after the other, that an enquiry is past its deadline."""

    OWNER = 1, _("Its owner")
    SECOND = 2, _("The second person")
    EVERYONE = 3, _("Administrators, and whoever watches the site")


class Escalation(PrivateModel):
    """That somebody was told of a missed deadline. A new deadline begins anew."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="escalations")
    deadline = models.DateTimeField(_("deadline"))
    level = models.PositiveSmallIntegerField(_("who"), choices=EscalationLevel)
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta(PrivateModel.Meta):
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "deadline", "level"], name="one_escalation_of_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.made_at:%Y-%m-%d %H:%M}"
