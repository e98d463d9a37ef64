"""The words of public pages, by which the spelling of others is corrected. Read once for an epoch."""

from itertools import chain

from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from core.caching.content_memory import remembered
from core.languages import active_language, in_language
from core.models import BasePage
from core.models.other_names import names_in
from core.visibility import each_once, public
from search.models import ConditionalWords
from search.spelling import words_of


def listed_pages() -> PageQuerySet:
    """Return every public page below the root of the tree once, in the active language."""
    return in_language(each_once(public(Page.objects.filter(depth__gt=1))), active_language()).order_by()


@remembered
def words_of_names() -> frozenset[str]:
    """Return the words of the titles of public pages, and of the other names of what they are about."""
    pages = listed_pages()
    others = (
        kind.objects.filter(pk__in=pages).values_list(*kind.other_name_fields)
        for kind in get_page_models()
        if issubclass(kind, BasePage) and kind.other_name_fields
    )
    names = chain.from_iterable(map(names_in, chain.from_iterable(others)))
    return words_of(chain(pages.values_list("title", flat=True), names))


@remembered
def words_of_texts() -> frozenset[str]:
    """Return all words that public pages say now. Thousands of pages take some seconds."""
    pages = listed_pages()
    own = pages.values_list("index_entries__body_text", flat=True)
    of_others = ConditionalWords.objects.readable().filter(page__in=pages.values("pk")).order_by()
    texts = chain(own.iterator(), of_others.values_list("text", flat=True).iterator())
    return words_of_names() | words_of(text for text in texts if text)
