"""The pages that a text leads to, looked up together: one lookup for all links of a story."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from core.caching.content_memory import remembered, remembered_by_id
from core.languages import in_language
from core.page_addresses import with_own_addresses
from core.visibility import public, public_ids


@remembered_by_id
def linked_pages(ids: Collection[int]) -> Mapping[int, Page]:
    """Return those of the pages that are public, with their titles and addresses."""
    readable = public_ids(ids)
    pages = list(Page.objects.filter(pk__in=readable)) if readable else []
    return {page.pk: page for page in with_own_addresses(pages)}


@remembered_by_id
def pages_for_cards(ids: Collection[int]) -> Mapping[int, Page]:
    """Return those of the pages that are public, as their own types and without their stories."""
    readable = public_ids(ids)
    if not readable:
        return {}
    return {page.pk: page for page in Page.objects.filter(pk__in=readable).defer_streamfields().specific()}


@remembered
def all_public_pages(kind: str, language: str | None) -> Mapping[int, Any]:
    """Return all public pages of a type by id, in the order of their titles and without their stories.

    For types of few pages, which many others name: `"therapies.ConcernPage"`. None stands for every language.
    """
    pages = public(apps.get_model(kind)._default_manager.defer_streamfields())
    return {page.pk: page for page in in_language(pages, language).order_by("title")}


def look_up_links_of(story: StreamValue) -> None:
    """Look up all pages that the story leads to, so that none of its blocks has to."""
    linked_pages(_linked_ids(story))


def _linked_ids(story: StreamValue) -> Iterator[int]:
    for model, key, _model_path, _content_path in story.stream_block.extract_references(story):
        if issubclass(model, Page) and str(key).isdigit():
            yield int(key)
