import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.enums import State
from therapists.enquiries.models.base import PrivateModel


class StateChange(PrivateModel):
    """One step of an enquiry: who moved it, and why. The reason may speak of the person, so it is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(_("from"), max_length=15, choices=State)
    after = models.CharField(_("to"), max_length=15, choices=State)
    changed_at = models.DateTimeField(_("when"), default=timezone.now)
    #: None: the visitor, a therapist or a deadline.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by_name = models.CharField(_("by whom"), max_length=150, blank=True, db_default="")
    reason = EncryptedTextField(_("reason"))

    class Meta(PrivateModel.Meta):
        ordering = ["changed_at"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"
