"""Which models announce their changes. Each app registers its own in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import DraftStateMixin
from wagtail.signals import published, unpublished

from core.visibility import is_published
from core.webhooks.announcements import Announcement, announce, page_announcement
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage
from core.webhooks.page_diff import announce_page_changes


@dataclass(frozen=True)
class Change:
    """What a stored row changes: the surrogate keys, or the page that shows it, announced if it is public."""

    keys: Iterable[str] = ()
    page_id: int | None = None


type ChangeOf = Callable[[Any], Change]


def announce_changes_of(model: type[Model], kind: EventType, change_of: ChangeOf) -> None:
    """Announce whenever a row is stored or deleted; of a model with drafts, published or unpublished."""

    def on_change(instance: Any, raw: bool = False, **kwargs: Any) -> None:
        if not raw and Endpoint.objects.wanting(kind).exists():
            _announce(kind, change_of(instance))

    def on_delete(instance: Any, origin: Any = None, **kwargs: Any) -> None:
        if is_deleted_itself(instance, origin) and (not has_drafts or is_published(instance)):
            on_change(instance)

    has_drafts = issubclass(model, DraftStateMixin)
    for signal in (published, unpublished) if has_drafts else (post_save,):
        signal.connect(on_change, sender=model, weak=False)
    post_delete.connect(on_delete, sender=model, weak=False)


def is_deleted_itself(instance: Any, origin: Any) -> bool:
    """Return whether the row was deleted by itself, and not with the row that it belonged to."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    return isinstance(instance, deleted)


@transaction.atomic
def _announce(kind: EventType, change: Change) -> None:
    if change.page_id is None:
        announce(Announcement(kind, frozenset(change.keys)))
        return
    announce_page_changes()
    page = KnownPage.objects.filter(pk=change.page_id).first()
    if page:
        announce(page_announcement(kind, page))
