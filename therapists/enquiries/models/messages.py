from django.db import models
from django.utils.translation import gettext_lazy as _

from core.outbox import Outgoing, OutgoingQuerySet
from therapists.enquiries.models.base import PrivateModel


class MessageKind(models.TextChoices):
    NEW_ENQUIRY = "new_enquiry", _("To the practice: a new enquiry")
    TRIAL = "trial", _("To the practice: a test")
    TEAM_CHANGED = "team_changed", _("To the practice: the Matching team has changed")
    ACKNOWLEDGEMENT = "acknowledgement", _("To the visitor: we have your enquiry")
    UPDATE = "update", _("To the visitor: there is news")
    OFFER = "offer", _("To a therapist: an offer")
    INTRODUCTION = "introduction", _("To a therapist: an introduction")
    CONSULTATION_VISITOR = "consultation_visitor", _("To the visitor: time of the consultation")
    CONSULTATION_THERAPIST = "consultation_therapist", _("To a therapist: time of the consultation")
    CALLED_OFF_VISITOR = "called_off_visitor", _("To the visitor: the time is called off")
    CALLED_OFF_THERAPIST = "called_off_therapist", _("To a therapist: the time is called off")


class MessageQuerySet(OutgoingQuerySet["OutgoingMessage"]):
    """E-mails, by how far they got."""


class OutgoingMessage(PrivateModel, Outgoing):
    """One e-mail to send. Neither its address nor its text is kept: both are made when it is sent."""

    #: None where it is about none, or about one that was erased.
    enquiry = models.ForeignKey(
        "enquiries.Enquiry", null=True, on_delete=models.CASCADE, related_name="messages"
    )
    #: The offer or consultation that it is about, where it is about one.
    offer = models.ForeignKey("enquiries.Offer", null=True, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(
        "enquiries.Consultation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=25, choices=MessageKind)

    objects = MessageQuerySet.as_manager()

    class Meta(PrivateModel.Meta, Outgoing.Meta):
        verbose_name = _("e-mail")
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="message_by_next_attempt")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
