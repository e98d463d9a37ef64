from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.outbox import Outgoing, OutgoingQuerySet, SendingState
from therapists.enquiries.models.base import PrivateModel
from therapists.enquiries.models.follow_ups import FollowUp
from therapists.enquiries.models.mail_errors import ERRORS_IN_WORDS


class MessageKind(models.TextChoices):
    NEW_ENQUIRY = "new_enquiry", _("To the practice: a new enquiry")
    READ_TODAY = "read_today", _("To the team: to be read today")
    LATE = "late", _("To the team: past its time")
    THERAPIST_PAUSED = "therapist_paused", _("To the practice: a therapist is not asked any more")
    TRIAL = "trial", _("To the practice: a test")
    TEAM_CHANGED = "team_changed", _("To the practice: the Matching team has changed")
    GLASS_BROKEN = "glass_broken", _("To the practice: an administrator opened an enquiry")
    ACKNOWLEDGEMENT = "acknowledgement", _("To the visitor: we have your enquiry")
    UPDATE = "update", _("To the visitor: there is news")
    OFFER = "offer", _("To a therapist: an offer")
    OFFER_REMINDER = "offer_reminder", _("To a therapist: the time to answer runs out")
    DIARY_REMINDER = "diary_reminder", _("To a therapist: is your diary right?")
    OWN_PAGE = "own_page", _("To a therapist: their own page")
    NEW_LINK = "new_link", _("To a therapist: a new link")
    UNANSWERED = "unanswered", _("To a therapist: two offers were not answered")
    PAUSED = "paused", _("To a therapist: we do not ask them for now")
    PROPOSAL_TAKEN = "proposal_taken", _("To a therapist: what they proposed is public")
    PROPOSAL_CHANGED = "proposal_changed", _("To a therapist: what they proposed is public, with changes")
    PROPOSAL_DECLINED = "proposal_declined", _("To a therapist: what they proposed is not taken over")
    QUESTION_ANSWERED = "question_answered", _("To a therapist: an answer to their question")
    YES_CONFIRMED = "yes_confirmed", _("To a therapist: we have your yes")
    FELL_THROUGH = "fell_through", _("To a therapist: it does not go on")
    INTRODUCTION = "introduction", _("To a therapist: an introduction")
    OUTCOME_VISITOR = "outcome_visitor", _("To the visitor: what became of it?")
    OUTCOME_THERAPIST = "outcome_therapist", _("To a therapist: what became of it?")
    CONTACT_CHANGED = "contact_changed", _("To a therapist: how to reach the visitor has changed")
    RUNNING_LATE = "running_late", _("To a therapist: the visitor is running late")
    CONSULTATION_VISITOR = "consultation_visitor", _("To the visitor: time of the consultation")
    CONSULTATION_THERAPIST = "consultation_therapist", _("To a therapist: time of the consultation")
    REMINDER_VISITOR = "reminder_visitor", _("To the visitor: the consultation is near")
    REMINDER_THERAPIST = "reminder_therapist", _("To a therapist: the consultation is near")
    CALLED_OFF_VISITOR = "called_off_visitor", _("To the visitor: the time is called off")
    CALLED_OFF_THERAPIST = "called_off_therapist", _("To a therapist: the time is called off")


#: Those that go to the practice's own address, or to somebody of it.
TO_PRACTICE = frozenset(
    {
        MessageKind.NEW_ENQUIRY,
        MessageKind.READ_TODAY,
        MessageKind.LATE,
        MessageKind.THERAPIST_PAUSED,
        MessageKind.TRIAL,
        MessageKind.TEAM_CHANGED,
        MessageKind.GLASS_BROKEN,
    }
)


TO_VISITOR = frozenset(
    {
        MessageKind.ACKNOWLEDGEMENT,
        MessageKind.UPDATE,
        MessageKind.OUTCOME_VISITOR,
        MessageKind.CONSULTATION_VISITOR,
        MessageKind.REMINDER_VISITOR,
        MessageKind.CALLED_OFF_VISITOR,
    }
)


class MailFault(models.TextChoices):
    """Why the last attempt failed, where it does not pass by itself."""

    RECIPIENT = "recipient", _("The address takes no e-mail")
    OURS = "ours", _("The mail server does not take what we send")


def _has_open_task() -> models.Exists:
    return models.Exists(FollowUp.objects.filter(message=models.OuterRef("pk"), done_at=None))


class MessageQuerySet(OutgoingQuerySet["OutgoingMessage"]):
    """E-mails, by how far they got."""

    def given_up(self) -> Self:
        """Failed for good, and nobody has dealt with it yet. A test mail leaves no task."""
        return self.filter(_has_open_task(), state=SendingState.FAILED)

    def troubled(self) -> Self:
        """What a person may send again: it was given up, or waits after an attempt that failed."""
        waits = models.Q(state=SendingState.QUEUED, attempts__gt=0)
        return self.filter(waits | models.Q(_has_open_task(), state=SendingState.FAILED))

    def failing_through_us(self) -> Self:
        """Of those, what the mail server, the sender's address or a setting keeps from everyone."""
        return self.troubled().filter(fault=MailFault.OURS)


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
    #: Who it goes to, and which enquiry it is about, where that may be erased before it is sent.
    therapist = models.ForeignKey(
        "therapists.TherapistPage", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: The task that a letter reports about, where it reports about one.
    diary_task = models.ForeignKey(
        "therapists.DiaryTask", null=True, on_delete=models.CASCADE, related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=20, blank=True, db_default="")
    #: Whom of the practice it goes to. None, or no address: to where new enquiries are announced.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=25, choices=MessageKind)
    #: A keyed digest of the address, to find by it what comes back. Empty until it is sent.
    sent_to = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    fault = models.CharField(_("why it failed"), max_length=10, choices=MailFault, blank=True, db_default="")

    objects = MessageQuerySet.as_manager()

    class Meta(PrivateModel.Meta, Outgoing.Meta):
        verbose_name = _("e-mail")
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="message_by_next_attempt"),
            models.Index(fields=["sent_to"], condition=~models.Q(sent_to=""), name="message_by_address"),
        ]

    @property
    def is_to_visitor(self) -> bool:
        return self.kind in TO_VISITOR

    @property
    def is_to_therapist(self) -> bool:
        return self.kind not in TO_VISITOR | TO_PRACTICE

    @property
    def error_in_words(self) -> str:
        """Return what a person can do about the last error, or nothing where that is not known."""
        return str(ERRORS_IN_WORDS.get(self.last_error.partition(" ")[0], ""))

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
