"""Writes down what changed, and a delivery for each endpoint that wants to hear of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.caching.surrogate_keys import ALL, HTML, PAGES, page_key, type_key
from core.webhooks.enums import EventType
from core.webhooks.models import Delivery, Endpoint, Event, KnownPage
from core.webhooks.models.events import CurrentTransaction
from core.webhooks.queue import queue


@dataclass(frozen=True)
class Announcement:
    """`page` where it is about one page; `paths` are those whose own page changed, before and after."""

    kind: EventType
    keys: frozenset[str]
    page: dict[str, Any] | None = None
    paths: frozenset[str] = frozenset()


@transaction.atomic
def announce(announcement: Announcement) -> None:
    """In the transaction of the change. What happens several times in it is told once."""
    endpoints = list(Endpoint.objects.wanting(announcement.kind))
    if not endpoints:
        return
    known = Event.objects.of_this_transaction().filter(kind=announcement.kind).first()
    if known:
        _add(known, announcement)
        return
    _write(announcement, endpoints)


def send_test(endpoint: Endpoint) -> Delivery:
    [delivery] = _write(Announcement(EventType.TEST, frozenset()), [endpoint])
    return delivery


def everything_may_have_changed(endpoint: Endpoint) -> None:
    """For one that was away: whatever it missed is not told bit by bit."""
    _write(Announcement(EventType.SITE_CHANGED, frozenset({ALL})), [endpoint])


@transaction.atomic
def _write(announcement: Announcement, endpoints: Collection[Endpoint]) -> list[Delivery]:
    event = Event(kind=announcement.kind, page=announcement.page)
    event.keys = _all_keys(announcement.keys)
    event.paths = sorted(announcement.paths)
    event.transaction = CurrentTransaction()
    event.save(force_insert=True)
    deliveries = Delivery.objects.bulk_create(
        Delivery(event=event, endpoint=endpoint) for endpoint in endpoints
    )
    for delivery in deliveries:
        queue(delivery.pk)
    return deliveries


def _add(event: Event, announcement: Announcement) -> None:
    if event.page != announcement.page:
        event.page = None
    event.keys = _all_keys({*event.keys, *announcement.keys})
    event.paths = sorted({*event.paths, *announcement.paths})
    event.save(update_fields=["page", "keys", "paths"])


def _all_keys(keys: Iterable[str]) -> list[str]:
    """The site's own pages are made of everything."""
    return sorted({*keys, HTML} if keys else ())


def keys_of_page(page: KnownPage) -> set[str]:
    return {page_key(page.page_id), type_key(page.type), PAGES}


def about_page(kind: EventType, page: KnownPage) -> Announcement:
    """Something that the page shows, and lists of its type with it."""
    keys = frozenset({page_key(page.page_id), type_key(page.type)})
    return Announcement(kind, keys, as_page(page), frozenset({page.path}))


def as_page(page: KnownPage, *, is_public: bool = True) -> dict[str, Any]:
    return {"id": page.page_id, "type": page.type, "url": page.url if is_public else None}
