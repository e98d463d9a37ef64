"""The pages that a text leads to, looked up together: one lookup for all links of a story."""

from collections.abc import Collection, Iterator, Mapping

from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from core.caching.content_memory import remembered_by_id
from core.visibility import public_ids


@remembered_by_id
def linked_pages(ids: Collection[int]) -> Mapping[int, Page]:
    """Return those of the pages that are public, as their own types and without their stories."""
    readable = public_ids(ids)
    if not readable:
        return {}
    return {page.pk: page for page in Page.objects.filter(pk__in=readable).defer_streamfields().specific()}


def look_up_links_of(story: StreamValue) -> None:
    """Look up all pages that the story leads to, so that none of its blocks has to."""
    linked_pages(_linked_ids(story))


def _linked_ids(story: StreamValue) -> Iterator[int]:
    for model, key, _model_path, _content_path in story.stream_block.extract_references(story):
        if issubclass(model, Page) and str(key).isdigit():
            yield int(key)
