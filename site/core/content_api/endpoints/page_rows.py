"""The rows of a list of pages, each with the fields of its type. What they need is read for all at once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.content_api.endpoints.page_hierarchy import PageHierarchies
from core.content_api.endpoints.page_records import page_records, types_alone
from core.content_api.prefetch_registry import prefetch_for_api, register_prefetch
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


def page_rows(view: Any, rows: Iterable[Page], types: Sequence[type[Page]]) -> list[Any]:
    """Serialize the rows. `types` are those whose fields may be asked for."""
    known = list(dict.fromkeys(chain.from_iterable(map(view.known_fields, types))))
    of_every_type = view.known_fields(types[0] if len(types) == 1 else Page)
    usual = [name for name in view.listing_default_fields if name in of_every_type]
    chosen = view.chosen(known, usual, view.named_fields)
    if "seo" in chosen or not set(chosen) <= set(view.known_fields(Page)):
        return page_records(view, list(types_alone(rows) if isinstance(rows, QuerySet) else rows), chosen)
    # The results of a search come with what they need.
    pages = list(prefetch_for_api(rows, chosen) if isinstance(rows, QuerySet) else rows)
    context = view.get_serializer_context()
    if not set(chosen).isdisjoint(view.named_fields):
        context["hierarchies"] = PageHierarchies(pages, view.request)
    models = {type(page) for page in pages}
    serializers = {model: view.serializer_of(model, chosen, context) for model in models}
    return [serializers[type(page)].to_representation(page) for page in pages]
