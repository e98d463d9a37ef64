"""Once a week, an e-mail about the pages that are due for review: owners hear of theirs, managers of all."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page

from core.models import ReviewDigest
from core.outbox import NotWanted, Sender, TryAgain, enqueue, sending_task
from core.reviews.debt import debt_of, review_debt

KEPT_FOR = timedelta(days=60)
MAY_MANAGE = Q(groups__permissions__codename="change_reviewer") | Q(
    groups__permissions__codename="sign_off_pages"
)


def managers() -> set[int]:
    """Return who is told of every page: whoever keeps reviewers, and those themselves."""
    return set(User.objects.filter(MAY_MANAGE, is_active=True).values_list("pk", flat=True))


def pages_told(user: User, today: date) -> list[Page]:
    """Return the debt that one person is told of, of what they may change."""
    pages = debt_of(user, today)
    return list(pages if user.pk in managers() else pages.filter(owner=user))


@transaction.atomic
def write_digests() -> None:
    """Store this week's, once for each recipient, and queue them."""
    today = timezone.localdate()
    week = today - timedelta(days=today.weekday())
    owners = set(review_debt(today).order_by().values_list("owner", flat=True))
    if not owners:
        return
    people = User.objects.filter(pk__in=owners | managers(), is_active=True).exclude(email="")
    for person in people:
        digest, is_new = ReviewDigest.objects.get_or_create(recipient=person, week=week)
        if is_new:
            enqueue(send_digest, digest.pk)


def delete_old_digests() -> None:
    ReviewDigest.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


class ReviewDigestSender(Sender[ReviewDigest]):
    model = ReviewDigest

    def attempt(self, row: ReviewDigest) -> None:
        pages = pages_told(row.recipient, timezone.localdate())
        if not pages or not row.recipient.is_active:
            raise NotWanted
        count = len(pages)
        words = {
            "pages": [(page, _edit_address(page)) for page in pages],
            "report": f"{settings.BASE_URL}{reverse('reviews')}",
            "person": row.recipient,
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        subject = ngettext("%(count)s page is due for review", "%(count)s pages are due for review", count)
        text = render_to_string("emails/review_digest.txt", words)
        try:
            send_mail(subject % {"count": count}, text, from_email=None, recipient_list=[row.recipient.email])
        except (OSError, ValueError) as error:
            raise TryAgain(type(error).__name__) from error

    def given_up(self, row: ReviewDigest) -> None:
        """Leave it: the home of the admin says the same, and next week's is written anyway."""


def _edit_address(page: Page) -> str:
    return f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"


send_digest = sending_task(ReviewDigestSender, name="core.send_review_digest", queue="mail")
