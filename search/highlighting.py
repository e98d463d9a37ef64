"""Mark the words that were searched for, in a page's title and in a passage of its text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import InfoPage
from search.index_lookup import page_kinds
from search.models import CONFIG, unreadable_words
from search.readable_words import readable_text
from search.statements import as_array, rows

# Private-use characters: they survive escaping, and no editor types them.
START, STOP, ELLIPSIS = "\ue000", "\ue001", " … "
MARKS = f"StartSel='{START}', StopSel='{STOP}'"

#: Of each page its texts with the words marked; of its long text a passage, where no other text holds any.
MARKED = f"""
    SELECT plain.page, marked.title, marked.summary, marked.names, (
        SELECT ts_headline(
            %(config)s,
            concat(body_text, ' ', {readable_text("plain.page", "%(unreadable)s::bigint[]")}),
            query,
            %(passage)s
        )
        WHERE strpos(concat(marked.title, marked.summary, marked.names), %(mark)s) = 0
    )
    FROM websearch_to_tsquery(%(config)s, %(words)s) AS query
    CROSS JOIN unnest(%(pages)s::int[], %(titles)s::text[], %(summaries)s::text[], %(names)s::text[])
        AS plain (page, title, summary, names)
    CROSS JOIN LATERAL (
        SELECT
            ts_headline(%(config)s, plain.title, query, %(whole)s) AS title,
            ts_headline(%(config)s, plain.summary, query, %(whole)s) AS summary,
            ts_headline(%(config)s, plain.names, query, %(whole)s) AS names
        OFFSET 0
    ) AS marked
    LEFT JOIN wagtailsearch_indexentry ON content_type_id = ANY(%(kinds)s) AND object_id = plain.page::text
"""  # noqa: S608 - of columns alone


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
    found = rows(
        MARKED,
        config=CONFIG,
        words=" or ".join(words.split()),
        pages=as_array(page.pk for page in pages),
        titles=[page.title for page in pages],
        summaries=[_summary(page) for page in pages],
        names=[_names(page) for page in pages],
        kinds=page_kinds(),
        unreadable=as_array(unreadable_words()),
        mark=START,
        whole=f"{MARKS}, HighlightAll=true",
        passage=f"{MARKS}, MaxFragments=1, MaxWords=24, MinWords=12, FragmentDelimiter='{ELLIPSIS}'",
    )
    return {pk: MarkedTexts(*(text or "" for text in texts)) for pk, *texts in found}


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
