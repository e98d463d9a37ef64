"""Words that differ from those that were reviewed, of which nobody said what kind of change they are.

Ways without the form of the page do not ask. The careful answer is taken then, and whoever acts is told.
"""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.admin.page_warnings import admin_request
from core.models import ReviewedPage
from core.reviews.words import words_digest


def is_unanswered(draft: ReviewedPage) -> bool:
    """Return whether publishing this draft as it is would take the careful answer."""
    if draft.last_reviewed is None or draft.kind_of_change:
        return False
    words = words_digest(draft)
    return words != draft.public_words and draft.sign_off_of(words) is None


def note_on_unanswered_change(page: Page) -> list[str]:
    """Return what to know before the newest draft of a page is published as it is."""
    if not isinstance(page, ReviewedPage) or not is_unanswered(page.get_latest_revision_as_object()):
        return []
    return [
        _(
            "Nobody said whether its change is a small correction. As it is, readers are told that it "
            "awaits a review."
        )
    ]


def tell_of_an_unanswered_change(instance: Page, **kwargs: Any) -> None:
    request = admin_request.get()
    if request and isinstance(instance, ReviewedPage) and instance.is_change_unanswered:
        words = _(
            "“%(page)s”: nobody said whether the change is a small correction, so readers are told that it "
            "awaits a review."
        )
        messages.warning(request, words % {"page": instance.title})


def tell_of_a_change_for_later(instance: Page, **kwargs: Any) -> None:
    request = admin_request.get()
    if request and isinstance(instance, ReviewedPage) and is_unanswered(instance):
        words = _(
            "“%(page)s”: nobody said whether the change is a small correction, so from that day readers are "
            "told that it awaits a review."
        )
        messages.warning(request, words % {"page": instance.title})
