"""Store an event for what changed, and a delivery of it to each endpoint that subscribes to its type."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.caching.surrogate_keys import ALL, HTML, PAGES, page_key, type_key
from core.outbox import enqueue
from core.webhooks.enums import EventType
from core.webhooks.models import Delivery, Endpoint, Event, KnownPage
from core.webhooks.models.events import CurrentTransaction
from core.webhooks.queue import deliver


@dataclass(frozen=True)
class Announcement:
    """An event to be. `page` is set where it is about one page; `paths` are addresses before and after."""

    kind: EventType
    keys: frozenset[str]
    page: dict[str, Any] | None = None
    paths: frozenset[str] = frozenset()


@transaction.atomic
def announce(announcement: Announcement) -> None:
    """Store the event in the transaction of the change; several of one type in it become one event."""
    endpoints = list(Endpoint.objects.wanting(announcement.kind))
    if not endpoints:
        return
    known = Event.objects.of_this_transaction().filter(kind=announcement.kind).first()
    if known:
        _extend(known, announcement)
        return
    _store(announcement, endpoints)


def send_test(endpoint: Endpoint) -> Delivery:
    [delivery] = _store(Announcement(EventType.TEST, frozenset()), [endpoint])
    return delivery


def announce_everything_changed(endpoint: Endpoint) -> None:
    """Tell an endpoint that was switched off to read everything anew, in place of each event it missed."""
    _store(Announcement(EventType.SITE_CHANGED, frozenset({ALL})), [endpoint])


@transaction.atomic
def _store(announcement: Announcement, endpoints: Collection[Endpoint]) -> list[Delivery]:
    event = Event(kind=announcement.kind, page=announcement.page)
    event.keys = _all_keys(announcement.keys)
    event.paths = sorted(announcement.paths)
    event.transaction = CurrentTransaction()
    event.save(force_insert=True)
    deliveries = Delivery.objects.bulk_create(
        Delivery(event=event, endpoint=endpoint) for endpoint in endpoints
    )
    for delivery in deliveries:
        enqueue(deliver, delivery.pk)
    return deliveries


def _extend(event: Event, announcement: Announcement) -> None:
    if event.page != announcement.page:
        event.page = None
    event.keys = _all_keys({*event.keys, *announcement.keys})
    event.paths = sorted({*event.paths, *announcement.paths})
    event.save(update_fields=["page", "keys", "paths"])


def _all_keys(keys: Iterable[str]) -> list[str]:
    """Add the key of the site's own HTML pages, which may show anything."""
    return sorted({*keys, HTML} if keys else ())


def keys_of_page(page: KnownPage) -> set[str]:
    return {page_key(page.page_id), type_key(page.type), PAGES}


def page_announcement(kind: EventType, page: KnownPage) -> Announcement:
    """Return the announcement of something that the page, and lists of its type, show."""
    keys = frozenset({page_key(page.page_id), type_key(page.type)})
    return Announcement(kind, keys, page_payload(page), frozenset({page.path}))


def page_payload(page: KnownPage, *, is_public: bool = True) -> dict[str, Any]:
    return {"id": page.page_id, "type": page.type, "url": page.url if is_public else None}
