"""Compare the pages that are public now with those that were announced last, and announce the difference.

A page appears or disappears for many reasons, some of which nobody stores: an expiry, a restriction on a
page above it, a registration that ends at midnight. So no code lists the reasons: the pages are
compared in the transaction of each change and once a minute. A page that was never public is never announced.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from wagtail.models import Page

from core.caching.surrogate_keys import NEWLY_PUBLIC, children_key
from core.page_addresses import with_own_addresses
from core.visibility import public
from core.webhooks.announcements import (
    Announcement,
    announce,
    keys_of_page,
    page_announcement,
    page_payload,
)
from core.webhooks.date_states import states_on
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage


def remember_public_pages() -> None:
    """Record the public pages without announcing them, for the first endpoint: they are no news."""
    _store(public_pages().values(), gone=[])


def update_known_pages() -> None:
    """Announce what time has changed; without an active endpoint, forget what was recorded."""
    # With one statement: an endpoint that is stored meanwhile would lose what was recorded for it.
    KnownPage.objects.filter(~Exists(Endpoint.objects.active())).delete()
    announce_page_changes()


@transaction.atomic
def announce_page_changes() -> None:
    """Announce every difference from what was last announced, and record it.

    What was announced is read first: a second process that compares at the same moment can announce a change
    twice, never wrongly.
    """
    if not Endpoint.objects.active().exists():
        return
    then = KnownPage.objects.in_bulk()
    now = public_pages()
    appeared = [page for pk, page in now.items() if pk not in then]
    gone = [page for pk, page in then.items() if pk not in now]
    stayed = [(then[pk], page) for pk, page in now.items() if pk in then]
    moved = [(before, after) for before, after in stayed if before.url != after.url]
    published = [b for a, b in stayed if a.url == b.url and a.published_at != b.published_at]
    changed_state = [after for before, after in stayed if before.state != after.state]
    _store([*appeared, *(after for before, after in stayed if _differs(before, after))], gone)
    _announce_published(appeared, published)
    _announce_moved(moved)
    _announce_gone(gone)
    for page in changed_state:
        announce(page_announcement(EventType.AVAILABILITY_CHANGED, page))


def public_pages() -> dict[int, KnownPage]:
    """Return every public page by id, as it would be recorded now."""
    pages = with_own_addresses(list(public(Page.objects.filter(depth__gt=1)).order_by("path")))
    states = states_on(timezone.localdate())
    by_path = {page.path: page.pk for page in pages}
    return {page.pk: known for page in pages if (known := _known_page(page, by_path, states))}


def _known_page(page: Page, by_path: Mapping[str, int], states: Mapping[int, str]) -> KnownPage | None:
    """Return None where no site serves the page."""
    parts = page.get_url_parts()
    if not parts or not parts[2]:
        return None
    return KnownPage(
        page_id=page.pk,
        type=page.specific_class._meta.label,
        url=f"{parts[1]}{parts[2]}",
        path=parts[2],
        parent_id=by_path.get(page.path[: -page.steplen]),
        published_at=page.last_published_at,
        state=states.get(page.pk, ""),
    )


def _differs(before: KnownPage, after: KnownPage) -> bool:
    return any(
        getattr(before, field.attname) != getattr(after, field.attname)
        for field in KnownPage._meta.concrete_fields
    )


def _store(pages: Iterable[KnownPage], gone: Iterable[KnownPage]) -> None:
    KnownPage.objects.filter(pk__in=[page.pk for page in gone]).delete()
    fields = [field.name for field in KnownPage._meta.concrete_fields if not field.primary_key]
    KnownPage.objects.bulk_create(
        pages, update_conflicts=True, unique_fields=["page_id"], update_fields=fields
    )


def _announce_published(appeared: list[KnownPage], published: list[KnownPage]) -> None:
    pages = [*appeared, *published]
    if pages:
        places = _parent_keys(appeared) | ({NEWLY_PUBLIC} if appeared else set())
        keys = _keys(pages) | places
        announce(Announcement(EventType.PAGE_PUBLISHED, keys, _single_page(pages), _paths(pages)))


def _announce_moved(moved: list[tuple[KnownPage, KnownPage]]) -> None:
    if not moved:
        return
    before, after = zip(*moved, strict=True)
    announce(
        Announcement(
            EventType.PAGE_MOVED,
            _keys(after) | _parent_keys([*before, *after]) | {NEWLY_PUBLIC},
            _single_page(after),
            _paths([*before, *after]),
        )
    )


def _announce_gone(gone: list[KnownPage]) -> None:
    still_there = set(Page.objects.filter(pk__in=[page.pk for page in gone]).values_list("pk", flat=True))
    for kind, pages in (
        (EventType.PAGE_UNPUBLISHED, [page for page in gone if page.pk in still_there]),
        (EventType.PAGE_DELETED, [page for page in gone if page.pk not in still_there]),
    ):
        if pages:
            keys = _keys(pages) | _parent_keys(pages)
            announce(Announcement(kind, keys, _single_page(pages, is_public=False), _paths(pages)))


def _keys(pages: Iterable[KnownPage]) -> frozenset[str]:
    return frozenset().union(*map(keys_of_page, pages))


def _parent_keys(pages: Iterable[KnownPage]) -> set[str]:
    return {children_key(page.parent_id) for page in pages if page.parent_id}


def _paths(pages: Iterable[KnownPage]) -> frozenset[str]:
    return frozenset(page.path for page in pages)


def _single_page(pages: Iterable[KnownPage], *, is_public: bool = True) -> dict | None:
    """Return the one page that the change is about, of a branch the topmost; None where there are several."""
    pages = list(pages)
    ids = {page.pk for page in pages}
    tops = [page for page in pages if page.parent_id not in ids]
    return page_payload(tops[0], is_public=is_public) if len(tops) == 1 else None
