"""The rows of a list of pages, each with the fields of its type. What they need is read for all at once."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.content_api.endpoints.page_hierarchy import page_hierarchies
from core.content_api.prefetch_registry import look_up_for_api, prefetch_for_api, register_prefetch
from core.models import BasePage, ReviewedPage


@register_prefetch(Page)
def with_locale(pages: PageQuerySet) -> PageQuerySet:
    return pages.select_related("locale")


@register_prefetch(BasePage)
def with_picture_for_sharing(pages: PageQuerySet) -> PageQuerySet:
    return pages.select_related("social_image")


@register_prefetch(ReviewedPage)
def with_reviewer(pages: PageQuerySet) -> PageQuerySet:
    return pages.select_related("reviewer")


def page_rows(view: Any, rows: Iterable[Page], models: Sequence[type[Page]]) -> list[Any]:
    """Serialize the rows. `models` are the types whose fields may be asked for."""
    known = list(dict.fromkeys(chain.from_iterable(map(view.known_fields, models))))
    of_every_type = view.known_fields(models[0] if len(models) == 1 else Page)
    usual = [name for name in view.listing_default_fields if name in of_every_type]
    chosen = view.chosen(known, usual, view.named_fields)
    # The results of a search come with what they need.
    pages: Sequence[Any] = list(prefetch_for_api(rows, chosen) if isinstance(rows, QuerySet) else rows)
    if "seo" in chosen or not set(chosen) <= set(view.known_fields(Page)):
        pages = _as_their_types(pages, chosen)
        look_up_for_api(pages, chosen)
    context = view.get_serializer_context()
    if not set(chosen).isdisjoint(view.named_fields):
        context["hierarchies"] = page_hierarchies(pages, view.request)
    serializers = {}
    for model in {type(page) for page in pages}:
        names = set(view.known_fields(model)).intersection(chosen)
        in_order = [name for name in chosen if name in names]
        serializers[model] = view.serializer_class_of(model, in_order)(context=context)
    return [serializers[type(page)].to_representation(page) for page in pages]


def _as_their_types(pages: Sequence[Page], chosen: Collection[str]) -> Sequence[Page]:
    """Return the same pages in the same order, with a fixed number of queries for each type."""
    ids: dict[type[Page], list[int]] = {}
    for page in pages:
        if type(page) is not page.specific_class:
            ids.setdefault(page.specific_class, []).append(page.pk)
    found: dict[int, BasePage] = {}
    for model, pks in ids.items():
        found |= prefetch_for_api(model.objects.filter(pk__in=pks), chosen).in_bulk()
    return [found.get(page.pk, page) for page in pages]
