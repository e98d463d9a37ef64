"""The sizes of pictures that pages show, made by the worker when a page is published or a picture changed.

So no visitor waits for them. What the worker has not made yet is made when it is first asked for.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from procrastinate.contrib.django import app
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from core.blocks.text_extraction import pictures_in
from core.content_api.representation.fields import PictureField
from core.content_api.representation.pictures import rules_of
from core.models import BasePage
from core.renditions import filter_of

#: What people wait for goes first: mail, and the pages that are due.
PRIORITY = -10


def sizes_shown(page: BasePage) -> Mapping[int, set[str]]:
    """Return by image the filter specs in which the site, its sitemap and the API show it for this page."""
    roles = {
        field.name: rules_of(field.serializer.roles)
        for field in page.api_fields
        if isinstance(field.serializer, PictureField)
    }
    listed = {name: [spec] for name, spec in page.listed_pictures.items()}
    sizes: defaultdict[int, set[str]] = defaultdict(set)
    for specs_by_field in (roles, listed):
        for name, specs in specs_by_field.items():
            if image := getattr(page, f"{name}_id"):
                sizes[image].update(specs)
    for image in pictures_in(page.story) if page.story else ():
        sizes[image].update(rules_of(["figure"]))
    return sizes


@app.task(name="core.make_sizes_of_page", queue="upkeep", priority=PRIORITY)
def make_sizes_of_page(page_id: int) -> None:
    """Make the sizes that are missing of all pictures of a page."""
    for page in Page.objects.live().filter(pk=page_id).specific():
        sizes = sizes_shown(page)
        for image in get_image_model().objects.filter(pk__in=sizes):
            _make(image, sizes[image.pk])


@app.task(name="core.make_sizes_of_image", queue="upkeep", priority=PRIORITY)
def make_sizes_of_image(image_id: int) -> None:
    """Make the sizes that are missing of a picture, for all pages that show it."""
    for image in get_image_model().objects.filter(pk=image_id):
        is_page = {"base_content_type": ContentType.objects.get_for_model(Page)}
        users = ReferenceIndex.get_references_to(image).filter(**is_page).values_list("object_id", flat=True)
        shown = map(sizes_shown, Page.objects.live().filter(pk__in=map(int, users)).specific())
        _make(image, set().union(*(sizes.get(image.pk, ()) for sizes in shown)))


def _make(image: AbstractImage, specs: set[str]) -> None:
    try:
        image.get_renditions(*map(filter_of, sorted(specs)))
    except SourceImageIOError:
        return  # it is logged, and shown to nobody


def queue_sizes_of_page(instance: Page, **kwargs: Any) -> None:
    """Queue it with the page: there is no job for what was rolled back, nor for a page without pictures."""
    page = instance.specific
    if isinstance(page, BasePage) and sizes_shown(page):
        make_sizes_of_page.defer(page_id=page.pk)


def queue_sizes_of_image(instance: AbstractImage, created: bool, **kwargs: Any) -> None:
    """Wagtail throws the sizes away where another file was chosen, or another part of the picture."""
    if not created:
        make_sizes_of_image.defer(image_id=instance.pk)


def make_sizes_ahead() -> None:
    page_published.connect(queue_sizes_of_page)
    post_save.connect(queue_sizes_of_image, sender=get_image_model())
