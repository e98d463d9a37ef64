"""Runs of the ranking, kept so that a person can see why and the same answer can be made again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class StoredSuggestionRun(PrivateModel):
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="suggestion_runs")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    weights_version = models.CharField(_("version of the weights"), max_length=40)
    as_of = models.DateField(_("as of"))
    inputs_hash = models.CharField(_("hash of the inputs"), max_length=64)
    inputs = models.JSONField(_("inputs"), default=dict)
    rung = models.CharField(_("fallback"), max_length=40, blank=True)
    excluded = models.JSONField(_("left out, by reason"), default=dict)

    class Meta(PrivateModel.Meta):
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}, {self.weights_version}"


class StoredSuggestion(PrivateModel):
    run = models.ForeignKey(StoredSuggestionRun, on_delete=models.CASCADE, related_name="suggestions")
    position = models.PositiveSmallIntegerField(_("position"))
    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(_("score"))
    contributions = models.JSONField(_("contributions"), default=dict)
    reasons = models.JSONField(_("reasons"), default=list)
    cautions = models.JSONField(_("cautions"), default=list)
    matcher_note = models.CharField(_("note for the matcher"), max_length=255, blank=True)

    class Meta(PrivateModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="one_suggestion_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.position + 1}. {self.therapist}"
