"""What waits in any site's pages and pictures, for the home of the admin."""

from functools import partial

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.query import PageQuerySet

from core.admin.picture_report import pictures_without_words
from core.admin.waiting_panel import MOST_NAMED, Waiting, register_waiting
from core.reviews.debt import debt_of
from core.waiting_pages import WAITING_PAGES, PagesThatWait


def waiting_pages(pages: PageQuerySet, one: str, many: str, address: str) -> Waiting | None:
    """Return a line about pages; `one` and `many` are its words, with %(count)s."""
    count = pages.count()
    if not count:
        return None
    first = tuple(
        (page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages[:MOST_NAMED]
    )
    return Waiting(ngettext(one, many, count) % {"count": count}, address, first)


def _line(what: PagesThatWait, person: User) -> Waiting | None:
    return waiting_pages(what.of(person), what.one, what.many, f"{reverse('waiting_pages')}?what={what.key}")


for _what in WAITING_PAGES:
    register_waiting(_what.order)(partial(_line, _what))


@register_waiting(40)
def due_for_review(person: User) -> Waiting | None:
    return waiting_pages(
        debt_of(person, timezone.localdate()),
        "%(count)s page is due for review",
        "%(count)s pages are due for review",
        f"{reverse('reviews')}?due=now",
    )


@register_waiting(100)
def without_description(person: User) -> Waiting | None:
    pictures = pictures_without_words(person)
    count = pictures.count()
    if not count:
        return None
    words = ngettext(
        "%(count)s picture has no text for those who cannot see it",
        "%(count)s pictures have no text for those who cannot see them",
        count,
    )
    first = tuple((str(one), reverse("wagtailimages:edit", args=[one.pk])) for one in pictures[:MOST_NAMED])
    return Waiting(words % {"count": count}, reverse("pictures_without_words"), first)
