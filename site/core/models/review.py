"""Clinical review: who reviewed a whole page, when, and when the next review is due.

It is separate from publishing, for a small edit is not a review. The limit of 36 months is that of the
Patient Information Forum (PIF TICK).
"""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Revision

from core.content_api.representation.fields import ReviewerSerializer
from core.models.base import BasePage
from core.seo import structured_data as schema

LONGEST_REVIEW_INTERVAL = relativedelta(months=36)


class Reviewer(models.Model):
    """Someone qualified to check what the site says."""

    name = models.CharField(_("name"), max_length=120)
    credentials = models.CharField(
        _("credentials"),
        max_length=200,
        help_text=_("As a reader should see them: “consultant clinical psychologist”."),
    )

    panels = ["name", "credentials"]

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}"


class ReviewedPage(BasePage):
    """A page that a clinician reviews."""

    #: Whether the page is an article: it belongs into the feed, and needs a reviewer.
    is_article = True
    shown_with = (*BasePage.shown_with, "reviewer")
    #: A review is of the words of one page.
    never_copied = (
        *BasePage.never_copied,
        "last_reviewed",
        "reviewer",
        "next_review_due",
        "reviewed_revision",
    )
    #: Whether somebody on a very bad day is likely to come here first, so that it must say where help is.
    needs_care_card = True
    #: Whether the page says first for whom it is, or is of a kind that need not.
    has_verdict = True

    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    reviewer = models.ForeignKey(
        Reviewer,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    next_review_due = models.DateField(
        _("next review due"),
        null=True,
        blank=True,
        help_text=_("At most 36 months after the last review."),
    )
    reviewed_revision = models.ForeignKey(
        Revision, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    review_panels = [
        HelpPanel(
            content=_(
                "A review covers the whole page. Leave these as they are when you correct a word or a link."
            )
        ),
        MultiFieldPanel(
            ["last_reviewed", FieldPanel("reviewer"), "next_review_due"],
            heading=_("Clinical review"),
        ),
    ]
    tabs = [(_("Review"), review_panels)]

    api_fields = [
        *BasePage.api_fields,
        APIField("last_reviewed"),
        APIField("next_review_due"),
        APIField("reviewer", serializer=ReviewerSerializer(allow_null=True)),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.last_reviewed and not self.reviewer_id:
            errors["reviewer"] = _("Say who reviewed the page.")
        if self.last_reviewed and self.last_reviewed > timezone.localdate():
            errors["last_reviewed"] = _("This date is in the future.")
        if self.next_review_due and not self._due_in_time(self.next_review_due):
            errors["next_review_due"] = _(
                "Choose a date after the last review and at most 36 months after it."
            )
        if errors:
            raise ValidationError(errors)

    def _due_in_time(self, due: date) -> bool:
        if self.last_reviewed is None:
            return False
        return self.last_reviewed < due <= self.last_reviewed + LONGEST_REVIEW_INTERVAL

    @property
    def is_review_overdue(self) -> bool:
        return self.next_review_due is not None and self.next_review_due < timezone.localdate()

    def structured_data(self, request: HttpRequest) -> list[schema.Node]:
        who = self.reviewer
        known = schema.review(self.last_reviewed, who.name if who else "", who.credentials if who else "")
        return schema.extended(super().structured_data(request), known)
