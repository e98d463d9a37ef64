"""Proposals for all who wait, kept so that a person can see why and the same answer can be made again."""

import json
import uuid
from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.encryption import CannotOpen, EncryptedTextField
from therapists.enquiries.models.base import PrivateModel


class StoredProposalRun(PrivateModel):
    """What was common to all proposals of one moment. Nothing in it is about an enquiry."""

    made_at = models.DateTimeField(_("made"), default=timezone.now)
    #: None where it is that of a working morning: there is one a day.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    as_of = models.DateField(_("as of"))
    weights_version = models.CharField(_("version of the weights"), max_length=40)
    worth_version = models.CharField(_("version of the worth"), max_length=40)
    inputs_hash = models.CharField(_("hash of the inputs"), max_length=64)
    candidates = models.JSONField(_("therapists, as they were"), default=list)
    #: How many enquiries waited. With fewer rows one was erased, and the run cannot be made again.
    waiting = models.PositiveIntegerField(_("how many waited"))
    total = models.FloatField(_("worth in all"))

    class Meta(PrivateModel.Meta):
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["as_of"], condition=models.Q(made_by=None), name="proposed_once_a_morning"
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}, {self.worth_version}"


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waits for a matcher")
    NOBODY = "nobody", _("Nobody could be proposed")
    ASKED = "asked", _("The therapist was asked")
    SET_ASIDE = "set_aside", _("Set aside by a matcher")
    SUPERSEDED = "superseded", _("Replaced by later proposals")


class StoredProposalQuerySet(models.QuerySet["StoredProposal"]):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)

    def set_aside_for_good(self) -> Self:
        """A matcher said that these two are not to be proposed again."""
        return self.filter(state=ProposalState.SET_ASIDE, is_final=True)


class StoredProposal(PrivateModel):
    """One enquiry that waited, and whom to ask for it, if anyone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(StoredProposalRun, on_delete=models.CASCADE, related_name="proposals")
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="proposals")
    sealed_input = EncryptedTextField(_("what it was made from"))
    therapist = models.ForeignKey(
        "therapists.TherapistPage", null=True, on_delete=models.PROTECT, related_name="+"
    )
    therapist_name = models.CharField(_("name of the therapist"), max_length=255, blank=True)
    #: In points. They sum to the total.
    terms = models.JSONField(_("terms"), default=dict)
    total = models.FloatField(_("worth"), null=True)
    because = models.CharField(_("what decided"), max_length=20)
    choices = models.PositiveIntegerField(_("how many could ever take them"), default=0)
    rivals = models.PositiveIntegerField(_("how many others could have this place"), default=0)
    worth_more = models.PositiveIntegerField(_("how many would suit them more"), default=0)
    eased = models.JSONField(_("limits that are eased"), default=list)

    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(_("name of who decided"), max_length=150, blank=True)
    reason = EncryptedTextField(_("why it was set aside"))
    #: These two are not to be proposed again.
    is_final = models.BooleanField(_("not again"), default=False)

    objects = StoredProposalQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("proposal")
        ordering = ["-run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "enquiry"], name="one_proposal_per_enquiry_and_run")
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"

    @property
    def reason_to_read(self) -> str:
        try:
            return self.reason
        except CannotOpen:
            return gettext("why can no longer be read")

    @property
    def inputs(self) -> dict[str, Any]:
        return json.loads(self.sealed_input)

    @inputs.setter
    def inputs(self, plain: Mapping[str, Any]) -> None:
        self.sealed_input = json.dumps(plain, sort_keys=True)
