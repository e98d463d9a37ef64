"""The words of public pages, by which the spelling of others is corrected. Read once for an epoch."""

from itertools import chain

from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from core.caching.content_memory import remembered
from core.languages import active_language, in_language
from core.models import BasePage
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
    kinds = [kind for kind in get_page_models() if _has_other_names(kind)]
    named = chain.from_iterable(kind.objects.filter(pk__in=pages).defer_streamfields() for kind in kinds)
    others = chain.from_iterable(page.also_called for page in named)
    return words_of(chain(pages.values_list("title", flat=True), others))


@remembered
def words_of_texts() -> frozenset[str]:
    """Return all words that public pages say now. Thousands of pages take some seconds."""
    pages = listed_pages()
    own = pages.values_list("index_entries__body_text", flat=True)
    of_others = ConditionalWords.objects.readable().filter(page__in=pages.values("pk")).order_by()
    texts = chain(own.iterator(), of_others.values_list("text", flat=True).iterator())
    return words_of_names() | words_of(text for text in texts if text)


def _has_other_names(kind: type[Page]) -> bool:
    return issubclass(kind, BasePage) and kind.also_called is not BasePage.also_called
