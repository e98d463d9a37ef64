"""What is public now, beside what other front ends were last told: the difference is what they must hear.

A page appears or disappears for many reasons, some of which nobody stores: an expiry, a restriction on a
page above it, a registration that ends at midnight. So no code lists the reasons: the site looks, in the
transaction of each change and by the clock. A page that was never public is never told of.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.caching.surrogate_keys import NEWLY_PUBLIC, children_key
from core.content_api.representation.links import with_own_addresses
from core.visibility import public
from core.webhooks.announcements import Announcement, about_page, announce, as_page, keys_of_page
from core.webhooks.date_states import states_on
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage


def take_stock() -> None:
    """Begin to listen: what is public already is no news."""
    KnownPage.objects.all().delete()
    KnownPage.objects.bulk_create(public_pages().values())


def look_by_the_clock() -> None:
    """While nobody listens, nothing is remembered."""
    if Endpoint.objects.active().exists():
        look()
    else:
        KnownPage.objects.all().delete()


@transaction.atomic
def look() -> None:
    """Announce what is different from what was told.

    What was told is read first: who else looks at this moment can make a thing told twice, never wrongly.
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
    flipped = [after for before, after in stayed if before.state != after.state]
    _remember([*appeared, *(after for before, after in stayed if _differs(before, after))], gone)
    _announce_published(appeared, published)
    _announce_moved(moved)
    _announce_gone(gone)
    for page in flipped:
        announce(about_page(EventType.AVAILABILITY_CHANGED, page))


def public_pages() -> dict[int, KnownPage]:
    """Every public page, as it would be told."""
    pages = with_own_addresses(list(public(Page.objects.filter(depth__gt=1)).order_by("path")))
    states = states_on(timezone.localdate())
    by_path = {page.path: page.pk for page in pages}
    return {page.pk: known for page in pages if (known := _known(page, by_path, states))}


def _known(page: Page, by_path: Mapping[str, int], states: Mapping[int, str]) -> KnownPage | None:
    """None where no site serves the page."""
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


def _remember(pages: Iterable[KnownPage], gone: Iterable[KnownPage]) -> None:
    KnownPage.objects.filter(pk__in=[page.pk for page in gone]).delete()
    fields = [field.name for field in KnownPage._meta.concrete_fields if not field.primary_key]
    KnownPage.objects.bulk_create(
        pages, update_conflicts=True, unique_fields=["page_id"], update_fields=fields
    )


def _announce_published(appeared: list[KnownPage], published: list[KnownPage]) -> None:
    pages = [*appeared, *published]
    if pages:
        news = _places(appeared) | ({NEWLY_PUBLIC} if appeared else set())
        announce(Announcement(EventType.PAGE_PUBLISHED, _keys(pages) | news, _only(pages), _paths(pages)))


def _announce_moved(moved: list[tuple[KnownPage, KnownPage]]) -> None:
    if not moved:
        return
    before, after = zip(*moved, strict=True)
    announce(
        Announcement(
            EventType.PAGE_MOVED,
            _keys(after) | _places([*before, *after]) | {NEWLY_PUBLIC},
            _only(after),
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
            keys = _keys(pages) | _places(pages)
            announce(Announcement(kind, keys, _only(pages, is_public=False), _paths(pages)))


def _keys(pages: Iterable[KnownPage]) -> frozenset[str]:
    return frozenset().union(*map(keys_of_page, pages))


def _places(pages: Iterable[KnownPage]) -> set[str]:
    return {children_key(page.parent_id) for page in pages if page.parent_id}


def _paths(pages: Iterable[KnownPage]) -> frozenset[str]:
    return frozenset(page.path for page in pages)


def _only(pages: Iterable[KnownPage], *, is_public: bool = True) -> dict | None:
    """The one page that it is about; of a branch, the page at its foot."""
    pages = list(pages)
    ids = {page.pk for page in pages}
    tops = [page for page in pages if page.parent_id not in ids]
    return as_page(tops[0], is_public=is_public) if len(tops) == 1 else None
