"""Signing off: the one way by which a page says that it was reviewed."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from core.models.review import ReviewedPage
from core.models.reviewers import Reviewer
from core.models.sign_offs import SignOff
from core.reviews.words import words_digest

#: The limit of the Patient Information Forum (PIF TICK).
LONGEST_REVIEW_INTERVAL = relativedelta(months=36)
USUAL_REVIEW_INTERVAL = relativedelta(months=12)


def reviewer_of(user: User | AnonymousUser) -> Reviewer | None:
    """Return in whose name an account may sign off: it needs the role, and credentials that readers see."""
    if not user.has_perm("core.sign_off_pages"):
        return None
    return Reviewer.objects.filter(account=user.pk).first()


def someone_can_sign_off() -> bool:
    """Return whether anyone has the role, credentials and an account that is open."""
    reviewers = Reviewer.objects.filter(account__is_active=True).select_related("account")
    return any(reviewer.account.has_perm("core.sign_off_pages") for reviewer in reviewers if reviewer.account)


@transaction.atomic
def sign_off(
    page: ReviewedPage,
    revision: Revision,
    reviewer: Reviewer,
    *,
    next_due: date,
    reviewed_on: date | None = None,
    user: User | None = None,
) -> SignOff:
    """Record that a reviewer answers for the words of a revision. Readers are told once these are public."""
    reviewed_on = reviewed_on or timezone.localdate()
    if reviewed_on > timezone.localdate():
        raise ValidationError({"reviewed_on": _("This date is in the future.")})
    if not reviewed_on < next_due <= reviewed_on + LONGEST_REVIEW_INTERVAL:
        raise ValidationError(
            {"next_due": _("Choose a date after the review and at most 36 months after it.")}
        )
    signed = SignOff.objects.create(
        page=page,
        revision=revision,
        words=words_digest(revision.as_object()),
        reviewer=reviewer,
        reviewed_on=reviewed_on,
        next_due=next_due,
        signed_by=user,
    )
    if user:
        log(instance=page, action="core.sign_off", user=user, revision=revision, title=str(page))
    stored = type(page).objects.get(pk=page.pk)
    if stored.live and (stored.public_words or words_digest(stored)) == signed.words:
        stored.store_review_line(signed.as_line())
        page_published.send(sender=type(stored), instance=stored, revision=revision)
    return signed
