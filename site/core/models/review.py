"""Clinical review: who reviewed the words of a page, when, and when the next review is due.

It is separate from publishing, for a small edit is not a review. A review is of words: see `SignOff`.
"""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.models import Revision

from core.admin.review_forms import ReviewedPageForm
from core.admin.review_state import ReviewStatePanel
from core.content_api.representation.fields import ReviewerSerializer
from core.models.base import BasePage
from core.models.reviewers import Reviewer
from core.models.sign_offs import SignOff
from core.reviews.kinds_of_change import KindOfChange
from core.reviews.review_lines import LINE_ATTRIBUTES, REVIEW_FIELDS, ReviewLine, after_change, line_of
from core.reviews.words import words_digest
from core.seo import structured_data as schema


class ReviewedPage(BasePage):
    """A page that a clinician reviews."""

    #: Whether the page is an article: it belongs into the feed, and needs a reviewer.
    is_article = True
    shown_with = (*BasePage.shown_with, "reviewer")
    #: A review is of the words of one page.
    never_copied = (*BasePage.never_copied, *REVIEW_FIELDS, "public_words", "kind_of_change")
    base_form_class = ReviewedPageForm
    #: Whether somebody on a very bad day is likely to come here first, so that it must say where help is.
    needs_care_card = True
    #: Whether the page says first for whom it is, or is of a kind that need not.
    has_verdict = True

    # What readers are told of the review: see `ReviewLine`. Nobody types it.
    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True, editable=False)
    reviewer = models.ForeignKey(
        Reviewer,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    next_review_due = models.DateField(_("next review due"), null=True, blank=True, editable=False)
    reviewed_revision = models.ForeignKey(
        Revision, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True, editable=False)
    awaits_review_since = models.DateField(_("awaits review since"), null=True, blank=True, editable=False)
    #: Of which words the above is said.
    public_words = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    #: Whether words have just become public of which nobody said what kind of change they are.
    is_change_unanswered = False
    #: Of a draft: what its editor answered. Whoever publishes it at its time is not asked again.
    kind_of_change = models.CharField(
        _("kind of change"), max_length=10, choices=KindOfChange, blank=True, db_default=""
    )

    review_panels = [ReviewStatePanel(heading=_("Clinical review")), "kind_of_change"]
    tabs = [(_("Review"), review_panels)]

    api_fields = [
        *BasePage.api_fields,
        APIField("last_reviewed"),
        APIField("corrected_on"),
        APIField("awaits_review_since"),
        APIField("next_review_due"),
        APIField("reviewer", serializer=ReviewerSerializer(allow_null=True)),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
        """Find out what is true of the words that become public here, whichever way they came."""
        if update_fields is None and self.live and not self.alias_of_id:
            self._set_line_of_new_words()
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None and self.pk and not self.alias_of_id:
            type(self).objects.filter(alias_of=self.pk).update(**self._review())

    def _set_line_of_new_words(self) -> None:
        words = words_digest(self)
        if self.pk and words != self._public_words_before():
            if signed := self.sign_off_of(words):
                self.set_review_line(signed.as_line())
            else:
                self.is_change_unanswered = not self.kind_of_change and self.last_reviewed is not None
                is_small = self.kind_of_change == KindOfChange.SMALL
                self.set_review_line(after_change(line_of(self), timezone.localdate(), is_small=is_small))
        self.public_words = words
        self.kind_of_change = ""  # an answer is of one change: the next is another, whoever makes it

    def _public_words_before(self) -> str:
        """Return their digest. Pages of before digests were kept have their words alone."""
        if self.public_words:
            return self.public_words
        stored = type(self).objects.live().filter(pk=self.pk).first()
        return words_digest(stored) if stored else ""

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Keep what is said of the review: it belongs to the public words, whatever a draft says."""
        page = super().with_content_json(content)
        for name, value in self._review().items():
            setattr(page, name, value)
        return page

    def _review(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (*LINE_ATTRIBUTES, "public_words")}

    def set_review_line(self, line: ReviewLine) -> None:
        for name in LINE_ATTRIBUTES:
            setattr(self, name, getattr(line, name))

    def store_review_line(self, line: ReviewLine) -> None:
        """Store it with the page and its aliases, which have the same words."""
        self.set_review_line(line)
        type(self).objects.filter(Q(pk=self.pk) | Q(alias_of=self.pk)).update(**self._review())

    def sign_off_of(self, words: str) -> SignOff | None:
        """Return the newest sign-off of the words with this digest."""
        return self.sign_offs.filter(words=words).order_by("reviewed_on", "pk").last()

    @property
    def is_review_overdue(self) -> bool:
        if self.awaits_review_since is not None:
            return True
        return self.next_review_due is not None and self.next_review_due < timezone.localdate()

    def structured_data(self, request: HttpRequest) -> list[schema.Node]:
        who = self.reviewer if self.awaits_review_since is None else None
        known = schema.review(self.last_reviewed, who.name if who else "", who.credentials if who else "")
        return schema.extended(super().structured_data(request), known)
