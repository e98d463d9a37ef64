import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class MessageKind(models.TextChoices):
    NEW_ENQUIRY = "new_enquiry", _("To the practice: a new enquiry")
    ACKNOWLEDGEMENT = "acknowledgement", _("To the visitor: we have your enquiry")
    UPDATE = "update", _("To the visitor: there is news")
    OFFER = "offer", _("To a therapist: an offer")
    INTRODUCTION = "introduction", _("To a therapist: an introduction")
    CONSULTATION_VISITOR = "consultation_visitor", _("To the visitor: time of the consultation")
    CONSULTATION_THERAPIST = "consultation_therapist", _("To a therapist: time of the consultation")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("No longer needed")


class MessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def unsent(self) -> "MessageQuerySet":
        return self.filter(state__in=[MessageState.QUEUED, MessageState.SENDING])

    def due(self) -> "MessageQuerySet":
        """Ready to send: queued and due, or given up by a worker that stopped halfway."""
        now = timezone.now()
        return self.filter(
            models.Q(state=MessageState.QUEUED, next_attempt_at__lte=now)
            | models.Q(state=MessageState.SENDING, leased_until__lt=now)
        )


class OutgoingMessage(PrivateModel):
    """One e-mail to send. Neither its address nor its text is kept: both are made when it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="messages")
    #: The offer or consultation that it is about, where it is about one.
    offer = models.ForeignKey("enquiries.Offer", null=True, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(
        "enquiries.Consultation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=25, choices=MessageKind)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    leased_until = models.DateTimeField(_("being sent until"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    #: The kind of error and the server's code. Never its words: they quote addresses.
    last_error = models.CharField(_("last error"), max_length=80, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("e-mail")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="message_by_next_attempt")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
