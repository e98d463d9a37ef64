from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from core.models.reviewers import Reviewer
from core.reviews.review_lines import ReviewLine


class SignOff(models.Model):
    """That a reviewer answered for the words of one revision, and until when."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="sign_offs")
    #: None once old revisions were deleted; the digest says of which words it was.
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=64)
    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField(_("reviewed on"))
    next_due = models.DateField(_("next review due"))
    #: Whose account it was. None for what came with imported content, which somebody signed elsewhere.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        default_permissions = ()
        indexes = [models.Index(fields=["page", "words"], name="sign_offs_of_words")]
        get_latest_by = ["reviewed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.reviewer}"

    def as_line(self) -> ReviewLine:
        return ReviewLine(
            last_reviewed=self.reviewed_on,
            reviewer_id=self.reviewer_id,
            next_review_due=self.next_due,
            reviewed_revision_id=self.revision_id,
        )
