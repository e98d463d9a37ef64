"""What is watched: the pages themselves, and what the ground of the site keeps beside them."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.caching.surrogate_keys import (
    ALL,
    DOCUMENTS,
    FACTS,
    IMAGES,
    NEWLY_PUBLIC,
    REDIRECTS,
    children_key,
    document_key,
    image_key,
)
from core.models import Reviewer
from core.signals import page_stored
from core.visibility import in_public_collections
from core.webhooks.announcements import Announcement, announce, as_page, keys_of_page
from core.webhooks.change_registry import Change, announce_changes_of, is_its_own
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage
from core.webhooks.public_pages import look, take_stock


def watch_pages() -> None:
    # Lists of the admin act on pages that are not loaded as their own type: those tell of publishing alone.
    for signal in (page_stored, page_published, page_unpublished):
        signal.connect(look_again, dispatch_uid="look")
    post_page_move.connect(tell_of_place, dispatch_uid="place")
    post_delete.connect(look_again, sender=Page, dispatch_uid="look")
    post_save.connect(look_again, sender=PageViewRestriction, dispatch_uid="look")
    post_delete.connect(look_where_it_was, sender=PageViewRestriction, dispatch_uid="look")
    for signal in (post_save, post_delete):
        signal.connect(look_with_new_addresses, sender=Site, dispatch_uid="look")
    post_save.connect(begin_to_listen, sender=Endpoint, dispatch_uid="begin")


def announce_changes_of_files_and_sites() -> None:
    announce_changes_of(Reviewer, EventType.FACTS_CHANGED, lambda reviewer: Change([FACTS]))
    announce_changes_of(Redirect, EventType.REDIRECTS_CHANGED, lambda redirect: Change([REDIRECTS]))
    announce_changes_of(get_image_model(), EventType.IMAGES_CHANGED, change_of_image)
    announce_changes_of(get_document_model(), EventType.DOCUMENTS_CHANGED, change_of_document)
    for model in (Site, Collection, CollectionViewRestriction):
        announce_changes_of(model, EventType.SITE_CHANGED, lambda row: Change([ALL]))


def change_of_image(image: Any) -> Change:
    return _change_of_file(image, image_key(image.pk), IMAGES)


def change_of_document(document: Any) -> Change:
    return _change_of_file(document, document_key(document.pk), DOCUMENTS)


def _change_of_file(file: Any, key: str, kind: str) -> Change:
    """One in a private collection may have been public a moment ago: its id is told, and no more."""
    is_public = in_public_collections(type(file).objects.filter(pk=file.pk)).exists()
    return Change([key, kind, NEWLY_PUBLIC] if is_public else [key, kind])


def look_again(**kwargs: Any) -> None:
    look()


def look_where_it_was(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """A restriction goes before its page does: for that moment the page would look public."""
    if is_its_own(instance, origin):
        look()


def look_with_new_addresses(**kwargs: Any) -> None:
    """Wagtail forgets the old ones too, but perhaps after this."""
    Site.clear_site_root_paths_cache()
    look()


@transaction.atomic
def tell_of_place(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """A move among its siblings changes no address, and yet the order of lists."""
    look()
    page = KnownPage.objects.filter(pk=instance.pk).first()
    if page:
        places = {children_key(parent_page_before.pk), children_key(parent_page_after.pk)}
        keys = frozenset(keys_of_page(page) | places)
        announce(Announcement(EventType.PAGE_MOVED, keys, as_page(page), frozenset({page.path})))


def begin_to_listen(instance: Endpoint, **kwargs: Any) -> None:
    if instance.is_active and not KnownPage.objects.exists():
        take_stock()
