"""Publishing many at once: the page that asks names what goes public that somebody should know of first."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

type Notes = Callable[[Page], Iterable[str]]

_registered: list[Notes] = []


def register_notes_on_drafts(notes: Notes) -> None:
    """Register a function that says what to know of a page's newest draft. An app does so in `ready()`."""
    if notes not in _registered:
        _registered.append(notes)


def notes_on(page: Page) -> list[str]:
    return [sentence for notes in _registered for sentence in notes(page)]


class NotingPublication(PublishBulkAction):
    """Wagtail's own, with what is to be known of each draft, those below it included."""

    template_name = "wagtailadmin/bulk_publish.html"

    def object_context(self, obj: Page) -> dict[str, Any]:
        drafts_below = obj.get_descendants().not_live().specific()
        below = [(page, notes_on(page)) for page in drafts_below]
        return super().object_context(obj) | {
            "notes": notes_on(obj.specific),
            "notes_below": [(page, notes) for page, notes in below if notes],
        }


class PublishPages(NotingPublication):
    """In place of Wagtail's own."""
