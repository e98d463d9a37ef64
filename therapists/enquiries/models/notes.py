import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.models.base import PrivateModel


class TeamText(PrivateModel):
    """What someone on the Matching team wrote.

    Notes and replies have tables of their own, so that no note is ever shown to a visitor by mistake.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = EncryptedTextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta(PrivateModel.Meta):
        abstract = True
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class Note(TeamText):
    """What a matcher wrote down about an enquiry, for the team alone."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="notes")


class Reply(TeamText):
    """What a matcher wrote to the visitor. It is read on their private page: an e-mail never carries it."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="replies")
