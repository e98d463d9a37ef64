"""Which changes are announced: each room registers its own in `ready()`, and none is named here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import DraftStateMixin
from wagtail.signals import published, unpublished

from core.visibility import is_published
from core.webhooks.announcements import Announcement, about_page, announce
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage
from core.webhooks.public_pages import look


@dataclass(frozen=True)
class Change:
    """The surrogate keys that a stored row changes, or the page that shows it, if it is public."""

    keys: Iterable[str] = ()
    page_id: int | None = None


type ChangeOf = Callable[[Any], Change]


def announce_changes_of(model: type[Model], kind: EventType, change_of: ChangeOf) -> None:
    """Of a model with drafts, publishing and unpublishing count; of others, each time that one is stored."""

    def tell(instance: Any, raw: bool = False, **kwargs: Any) -> None:
        if not raw and Endpoint.objects.wanting(kind).exists():
            _announce(kind, change_of(instance))

    def tell_of_deletion(instance: Any, origin: Any = None, **kwargs: Any) -> None:
        if is_its_own(instance, origin) and (not has_drafts or is_published(instance)):
            tell(instance)

    has_drafts = issubclass(model, DraftStateMixin)
    for signal in (published, unpublished) if has_drafts else (post_save,):
        signal.connect(tell, sender=model, weak=False)
    post_delete.connect(tell_of_deletion, sender=model, weak=False)


def is_its_own(instance: Any, origin: Any) -> bool:
    """Whether it was deleted by itself. With something that it belonged to, that is told of."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    return isinstance(instance, deleted)


@transaction.atomic
def _announce(kind: EventType, change: Change) -> None:
    if change.page_id is None:
        announce(Announcement(kind, frozenset(change.keys)))
        return
    look()
    page = KnownPage.objects.filter(pk=change.page_id).first()
    if page:
        announce(about_page(kind, page))
