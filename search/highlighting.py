"""Mark the words that were searched for, in a page's title and in a passage of its text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Func, JSONField, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import InfoPage
from search.readable_words import readable_text

# Private-use characters: they survive escaping, and no editor types them.
START, STOP, ELLIPSIS = "\ue000", "\ue001", " … "


@dataclass(frozen=True)
class Result:
    page: Page
    title: SafeString
    passage: SafeString


@dataclass(frozen=True)
class MarkedTexts:
    """Texts as PostgreSQL marked them: not yet escaped."""

    title: str
    summary: str
    names: str
    text: str


def highlight(pages: Iterable[Page], words: str) -> list[Result]:
    """Return the pages with their words marked, in one query.

    The passage is the summary. Other names of the page's subject, or words from its text, are added only
    if neither title nor summary holds what was searched for.
    """
    pages = list(pages)
    marked = _marked_texts(pages, words) if pages else {}
    return [_result(page, marked[page.pk]) for page in pages]


def _marked_texts(pages: list[Page], words: str) -> dict[int, MarkedTexts]:
    config = str(settings.WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"])
    query = SearchQuery(" or ".join(words.split()), search_type="websearch", config=config)
    mark = partial(SearchHeadline, query=query, config=config, start_sel=START, stop_sel=STOP)

    def mark_each(text_of: Callable[[Page], str]) -> SearchHeadline:
        """Mark the whole of a text that is computed for each page rather than stored."""
        texts = Value({str(page.pk): text_of(page) for page in pages}, JSONField())
        text = Func(
            texts, Cast("pk", TextField()), function="jsonb_extract_path_text", output_field=TextField()
        )
        return mark(text, highlight_all=True)

    rows = (
        Page.objects.filter(pk__in=[page.pk for page in pages])
        .annotate(
            marked_title=mark("title", highlight_all=True),
            marked_summary=mark_each(_summary),
            marked_names=mark_each(_names),
            marked_text=mark(
                Concat("index_entries__body_text", Value(" "), readable_text(), output_field=TextField()),
                max_fragments=1,
                max_words=24,
                min_words=12,
                fragment_delimiter=ELLIPSIS,
            ),
        )
        .values_list("pk", "marked_title", "marked_summary", "marked_names", "marked_text")
    )
    return {pk: MarkedTexts(*(text or "" for text in texts)) for pk, *texts in rows}


def _result(page: Page, marked: MarkedTexts) -> Result:
    passage = marked.summary or _summary(page)
    if START not in marked.title + marked.summary:
        if START in marked.names:
            passage = f"{passage} {_with_names(page, marked.names)}"
        elif START in marked.text:
            passage = f"{passage} … {marked.text} …"
    return Result(page, _with_marks(marked.title or page.title), _with_marks(passage.strip()))


def _with_names(page: Page, marked_names: str) -> str:
    """Return all other names of a subject; of a page of information, which has several, the one meant."""
    if not isinstance(page, InfoPage):
        return _("Other words for it: %(names)s.") % {"names": marked_names}
    asked_for = [name for name in marked_names.split(", ") if START in name]
    return _("It is also about: %(names)s.") % {"names": ", ".join(asked_for)}


def _summary(page: Page) -> str:
    return getattr(page, "summary", "")


def _names(page: Page) -> str:
    return ", ".join(getattr(page, "also_called", ()))


def _with_marks(text: str) -> SafeString:
    escaped = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(escaped)  # noqa: S308 - escaped one line above
