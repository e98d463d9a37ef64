from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.models.base import PrivateModel


class FollowUpKind(models.TextChoices):
    MAIL_FAILED = "mail_failed", _("An e-mail could not be sent")
    NOT_SAFE_TO_EMAIL = "not_safe_to_email", _("Reach them by phone: e-mail is not safe")
    READ_FOR_SAFETY = "read_for_safety", _("Read this today: it may be about safety")
    CHANGED_BY_VISITOR = "changed_by_visitor", _("They changed what they told us: look again")
    THERAPIST_LEFT = "therapist_left", _("Their therapist has left the practice: see what they need")
    NO_CANDIDATE = "no_candidate", _("No one left to offer this to")
    THERAPIST_LAPSED = "therapist_lapsed", _("They said yes and may not be introduced: see why")
    QUESTION = "question", _("A therapist asks something before they answer")
    DID_NOT_COME = "did_not_come", _("One of the two did not come to the first consultation")
    ACCOUNTS_DIFFER = "accounts_differ", _("The two say different things about how it went: ask them")
    NOT_A_FIT = "not_a_fit", _("They met and it is not a fit: find someone else")
    STEPPED_BACK = "stepped_back", _("The therapist stepped back after their yes: find someone else")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def unread_for_safety(self) -> Self:
        return self.filter(kind=FollowUpKind.READ_FOR_SAFETY, done_at=None)


class FollowUp(PrivateModel):
    """A thing that a person has to do, because the software could not or must not."""

    #: None where it is about an e-mail that belongs to no enquiry.
    enquiry = models.ForeignKey(
        "enquiries.Enquiry", null=True, on_delete=models.CASCADE, related_name="follow_ups"
    )
    kind = models.CharField(_("what"), max_length=20, choices=FollowUpKind)
    message = models.ForeignKey(
        "enquiries.OutgoingMessage", null=True, on_delete=models.CASCADE, related_name="follow_ups"
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta(PrivateModel.Meta):
        verbose_name = _("task")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.get_kind_display()
