"""Connects what endpoints are told of: pages, and the files, redirects, reviewers and sites beside them."""

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
from core.webhooks.announcements import Announcement, announce, keys_of_page, page_payload
from core.webhooks.change_registry import Change, announce_changes_of, is_deleted_itself
from core.webhooks.enums import EventType
from core.webhooks.models import Endpoint, KnownPage
from core.webhooks.page_diff import announce_page_changes, remember_public_pages

UID = "core.webhooks"


def connect_page_signals() -> None:
    # Lists in the admin publish and unpublish pages that are not loaded as their own type: no `page_stored`.
    for signal in (page_stored, page_published, page_unpublished):
        signal.connect(on_page_change, dispatch_uid=UID)
    post_page_move.connect(on_page_moved, dispatch_uid=UID)
    post_delete.connect(on_page_change, sender=Page, dispatch_uid=UID)
    post_save.connect(on_page_change, sender=PageViewRestriction, dispatch_uid=UID)
    post_delete.connect(on_restriction_deleted, sender=PageViewRestriction, dispatch_uid=UID)
    for signal in (post_save, post_delete):
        signal.connect(on_site_change, sender=Site, dispatch_uid=UID)
    post_save.connect(on_endpoint_saved, sender=Endpoint, dispatch_uid=UID)


def connect_file_and_site_signals() -> None:
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
    """Name only the id of a file in a private collection: it may have been public a moment ago."""
    is_public = in_public_collections(type(file).objects.filter(pk=file.pk)).exists()
    return Change([key, kind, NEWLY_PUBLIC] if is_public else [key, kind])


def on_page_change(**kwargs: Any) -> None:
    announce_page_changes()


def on_restriction_deleted(instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Ignore the deletion of a page: its restriction goes first, and the page would seem public meanwhile."""
    if is_deleted_itself(instance, origin):
        announce_page_changes()


def on_site_change(**kwargs: Any) -> None:
    """Clear the cached addresses first: Wagtail's own handler does so too, but perhaps after this one."""
    Site.clear_site_root_paths_cache()
    announce_page_changes()


@transaction.atomic
def on_page_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Announce a move among siblings too: it changes no address, but the order of lists."""
    announce_page_changes()
    page = KnownPage.objects.filter(pk=instance.pk).first()
    if page:
        parents = {children_key(parent_page_before.pk), children_key(parent_page_after.pk)}
        keys = frozenset(keys_of_page(page) | parents)
        announce(Announcement(EventType.PAGE_MOVED, keys, page_payload(page), frozenset({page.path})))


def on_endpoint_saved(instance: Endpoint, **kwargs: Any) -> None:
    if instance.is_active and not KnownPage.objects.exists():
        remember_public_pages()
