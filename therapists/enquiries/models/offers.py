import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from therapists.enquiries.models.base import PrivateModel


class OfferState(models.TextChoices):
    LIVE = "live", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")
    REVOKED = "revoked", _("Taken back")
    #: After a yes, by the therapist.
    GAVE_BACK = "gave_back", _("Stepped back after a yes")
    UNREACHED = "unreached", _("The e-mail to them came back")
    NOT_A_FIT = "not_a_fit", _("Accepted, and not a fit when they met")


#: The therapist said yes, whatever became of it.
SAID_YES = [OfferState.ACCEPTED, OfferState.GAVE_BACK, OfferState.NOT_A_FIT]
REFUSED = [OfferState.DECLINED, OfferState.GAVE_BACK, OfferState.EXPIRED, OfferState.NOT_A_FIT]


class DeclineReason(models.TextChoices):
    NO_PLACE = "no_place", _("I have no place at the moment")
    TIMES = "times", _("The times do not work for me")
    FEE = "fee", _("The fee does not work for me")
    OUTSIDE_COMPETENCE = "outside_competence", _("This is outside what I am trained for")
    MAY_KNOW_PERSON = "may_know_person", _("I may know this person")
    OTHER = "other", _("Another reason")


class OfferQuerySet(models.QuerySet["Offer"]):
    def live(self) -> Self:
        return self.filter(state=OfferState.LIVE)

    def overdue(self) -> Self:
        return self.live().filter(expires_at__lte=timezone.now())

    def refused(self) -> Self:
        """Declined, given back, unanswered or no fit: the enquiry does not go to that therapist again."""
        return self.filter(state__in=REFUSED)


class Offer(PrivateModel):
    """One enquiry, offered to one therapist without saying who it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="offers")
    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.PROTECT, related_name="+")
    #: As it was when they were asked.
    therapist_name = models.CharField(_("name of the therapist"), max_length=255, blank=True, db_default="")
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.LIVE)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    decline_reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason, blank=True)
    #: What the therapist wrote for the matcher with a yes or a no.
    note = EncryptedTextField(_("note"), db_column="decline_note")

    objects = OfferQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("offer")
        ordering = ["made_at"]
        indexes = [models.Index(fields=["therapist", "-made_at"], name="offers_of_therapist")]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=models.Q(state="live"), name="one_live_offer_per_enquiry"
            )
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.LIVE and self.expires_at > timezone.now()


class OfferQuestion(PrivateModel):
    """What a therapist asks the matcher before they answer an offer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="questions")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    question = EncryptedTextField(_("question"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = EncryptedTextField(_("answer"))

    class Meta(PrivateModel.Meta):
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class ShortlistEntry(PrivateModel):
    """A therapist whom the matcher chose for an enquiry, in the order of asking."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="shortlist")
    position = models.PositiveSmallIntegerField(_("position"))
    therapist = models.ForeignKey("therapists.TherapistPage", on_delete=models.PROTECT, related_name="+")
    #: Asked though they take no new clients: the matcher said why.
    although_paused = models.BooleanField(_("although paused"), default=False, db_default=False)

    class Meta(PrivateModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "position"], name="one_entry_per_position"),
            models.UniqueConstraint(fields=["enquiry", "therapist"], name="on_the_shortlist_once"),
        ]

    def __str__(self) -> str:
        return f"Shortlist entry {self.pk}"


class Override(PrivateModel):
    """A matcher decided otherwise than the ranking, and said why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="overrides")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    reason = EncryptedTextField(_("reason"))

    class Meta(PrivateModel.Meta):
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Override {self.pk}"
