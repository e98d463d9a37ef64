"""Who has left the practice: a state beside the profile, which no revision, schedule or publishing undoes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.admin.choices import EachChoice


class PeopleIntroduced(models.TextChoices):
    """What becomes of those who were introduced to a therapist who has left."""

    STAY = "stay", _("They go on together: the Matching team makes sure of it")
    LOOK_AGAIN = "look_again", _("They need someone else: the Matching team looks again")


class Departure(models.Model):
    """A therapist has left: not public, not suggested and not asked. Their page stays, for the records.

    `signal_handlers` takes the page down, and enquiries take back what was offered, however it was stored.
    """

    therapist = models.OneToOneField(
        "therapists.TherapistPage",
        verbose_name=_("therapist"),
        on_delete=models.CASCADE,
        related_name="departure",
    )
    left_on = models.DateField(_("left on"), default=timezone.localdate)
    people_introduced = models.CharField(
        _("people who were introduced to them"),
        max_length=10,
        choices=PeopleIntroduced,
        help_text=_(
            "What they were offered and have not answered is taken back, and so is what they accepted "
            "where nobody was introduced yet. The Matching team reads those enquiries again."
        ),
    )

    panels = ["therapist", "left_on", FieldPanel("people_introduced", widget=EachChoice)]

    class Meta:
        verbose_name = _("departure")
        ordering = ["-left_on"]

    def __str__(self) -> str:
        return str(self.therapist)

    def clean(self) -> None:
        super().clean()
        if None not in (self.left_on,) and self.left_on > timezone.localdate():
            raise ValidationError(
                {"left_on": _("This is still to come. Until then, let their diary take no new clients.")}
            )
