import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.models.base import PrivateModel


class DecisionKind(StrEnum):
    RELEASED = "released"
    ERASED_AFTER_READING = "erased_after_reading"
    ERASED_UNREAD = "erased_unread"


KIND_NAMES = {
    DecisionKind.RELEASED: _("Introduced"),
    DecisionKind.ERASED_AFTER_READING: _("Erased when asked to, once a person had read it"),
    DecisionKind.ERASED_UNREAD: _("Erased when asked to; nobody had read it in time"),
}


@dataclass(frozen=True)
class Decision:
    """What answers a question years later. Nothing here tells of anyone's health, or how to reach them."""

    kind: DecisionKind
    reference: str
    #: Who released it, or read it first; empty where nobody did.
    person: str
    consent_version: str
    therapist: str = ""

    @property
    def in_words(self) -> str:
        return str(KIND_NAMES[self.kind])


class DecisionRecordQuerySet(models.QuerySet["DecisionRecord"]):
    def past_their_years(self) -> Self:
        kept_for = timedelta(days=round(365.25 * settings.ENQUIRY_KEEP_YEARS_DECISIONS))
        return self.filter(made_at__lt=timezone.now() - kept_for)


class DecisionRecord(PrivateModel):
    """A decision of the practice. It outlives the enquiry by years, so it is sealed and holds no words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry_id = models.UUIDField(_("enquiry"), db_index=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    sealed_decision = EncryptedTextField(_("decision"))

    objects = DecisionRecordQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("record of a decision")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Decision {self.pk}"

    @property
    def decision(self) -> Decision:
        stored = json.loads(self.sealed_decision)
        return Decision(**stored | {"kind": DecisionKind(stored["kind"])})

    @decision.setter
    def decision(self, decision: Decision) -> None:
        self.sealed_decision = json.dumps(asdict(decision))

    @property
    def kept_until(self) -> datetime:
        return self.made_at + timedelta(days=round(365.25 * settings.ENQUIRY_KEEP_YEARS_DECISIONS))
