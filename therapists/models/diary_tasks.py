"""What somebody who keeps the diaries has to do for a therapist. It tells of no enquiry."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DiaryTaskKind(models.TextChoices):
    SILENT = "silent", _("Did not answer two offers in a row: ask whether all is well")
    PAUSED = "paused", _("Did not answer three offers in a row, and is not asked any more: ring them")
    WANTS_BACK = "wants_back", _("Would like to be asked again: end the pause, or tell them why not")
    UNCONFIRMED = "unconfirmed", _("Was reminded of their diary and has not confirmed it: ask them")
    PROPOSED = "proposed", _("Proposes a change of their profile: read it, and publish it or tell them")


class DiaryTaskQuerySet(models.QuerySet["DiaryTask"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class DiaryTask(models.Model):
    """One open task of a kind for a therapist, however often there is reason for it."""

    wagtail_reference_index_ignore = True

    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what"), max_length=15, choices=DiaryTaskKind)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True)
    #: What a therapist proposed, by field, before and after: see `therapists.profile_changes.Proposed`.
    proposed = models.JSONField(null=True, editable=False)
    #: What is written to the therapist where that is declined.
    answer = models.TextField(_("answer"), blank=True, db_default="")
    #: None: it settled itself.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DiaryTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task about a diary")
        ordering = ["created_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "kind"], condition=models.Q(done_at=None), name="one_open_task_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
