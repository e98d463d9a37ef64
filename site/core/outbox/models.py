import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SendingState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("No longer needed")


class OutgoingQuerySet[Row: "Outgoing"](models.QuerySet[Row]):
    def unsent(self) -> Self:
        return self.filter(state__in=[SendingState.QUEUED, SendingState.SENDING])

    def due(self, for_longer_than: timedelta = timedelta(0)) -> Self:
        """Keep what is ready to send: queued and due, or claimed by a worker that was interrupted."""
        since = timezone.now() - for_longer_than
        return self.filter(
            models.Q(state=SendingState.QUEUED, next_attempt_at__lte=since)
            | models.Q(state=SendingState.SENDING, leased_until__lt=since)
        )


class Outgoing(models.Model):
    """Something to send, and how far it got. A subclass makes `objects` from an `OutgoingQuerySet`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=SendingState, default=SendingState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    leased_until = models.DateTimeField(_("being sent until"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    #: The kind of error and its code. Never the other side's words: they may quote what was sent.
    last_error = models.CharField(_("last error"), max_length=80, blank=True)

    class Meta:
        abstract = True
        ordering = ["created_at"]
