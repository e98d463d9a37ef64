"""Marks the words that were searched for, in a page's title and in a passage of its text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

# Private-use characters: they survive escaping, and no editor types them.
START, STOP, ELLIPSIS = "\ue000", "\ue001", " … "


@dataclass(frozen=True)
class Result:
    page: Page
    title: SafeString
    passage: SafeString


def highlight(pages: Iterable[Page], words: str) -> list[Result]:
    """One query for all pages. A passage without a match gives way to the page's summary."""
    pages = list(pages)
    marked = _marked_texts([page.pk for page in pages], words)
    return [_result(page, *marked.get(page.pk, ("", ""))) for page in pages]


def _marked_texts(page_ids: list[int], words: str) -> dict[int, tuple[str, str]]:
    config = settings.WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"]
    query = SearchQuery(" or ".join(words.split()), search_type="websearch", config=config)
    rows = (
        Page.objects.filter(pk__in=page_ids)
        .annotate(
            marked_title=SearchHeadline(
                "title", query, config=config, start_sel=START, stop_sel=STOP, highlight_all=True
            ),
            marked_text=SearchHeadline(
                "index_entries__body_text",
                query,
                config=config,
                start_sel=START,
                stop_sel=STOP,
                max_fragments=2,
                max_words=24,
                min_words=12,
                fragment_delimiter=ELLIPSIS,
            ),
        )
        .values_list("pk", "marked_title", "marked_text")
    )
    return {pk: (title or "", text or "") for pk, title, text in rows}


def _result(page: Page, marked_title: str, marked_text: str) -> Result:
    passage = marked_text if START in marked_text else getattr(page, "summary", "")
    return Result(page, _with_marks(marked_title or page.title), _with_marks(passage))


def _with_marks(text: str) -> SafeString:
    escaped = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(escaped)  # noqa: S308 - escaped one line above
