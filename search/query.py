"""Find public pages by words. The only module that queries the search index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from modelsearch.query import PlainText, SearchQuery
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet
from wagtail.search.utils import normalise_query_string

from core.caching.content_memory import remembered
from core.linked_pages import pages_for_cards
from core.visibility import public
from search.index_lookup import MOST_RANKED, public_pages_beginning_with, public_pages_with
from search.spelling import corrected
from search.vocabulary import listed_pages, words_of_names, words_of_texts


class Closeness(StrEnum):
    """How near the pages found are to the words asked for."""

    EVERY_WORD = "every word"
    SOME_WORDS = "some words"
    SIMILAR_WORDS = "similar words"


@dataclass(frozen=True)
class Found:
    #: The ids of the pages, the best first: `MOST_RANKED` at most.
    ids: Sequence[int]
    #: More hold the words than were ranked.
    are_more: bool
    closeness: Closeness
    #: The words that were searched for in the end, perhaps in another spelling than asked for.
    words: str

    @property
    def count(self) -> int:
        return len(self.ids)

    def pages(self, start: int, stop: int) -> list[Page]:
        """Return some of the pages, each as its own type."""
        return list(pages_for_cards(self.ids[start:stop]).values())


def find(words: str) -> Found:
    """Search for every word; failing that for any of them; failing that as public pages spell them.

    What merely looks alike is never given as if it matched: “price” is not privacy. So no page is compared
    with the words by their letters, which would take seconds at each search of thousands.
    Search words are health data. They are neither stored nor logged, so Wagtail's count of popular
    searches is not used.
    """
    for closeness, spelt, pages, query in _attempts(words):
        ids = _ranked(pages, query)
        found = Found(ids[:MOST_RANKED], len(ids) > MOST_RANKED, closeness, spelt)
        if found.count:
            break
    return found


def _ranked(pages: PageQuerySet, query: SearchQuery) -> list[int]:
    """Return the ids of those that match, the best first, and one more than are ranked where there are more.

    One query counts and ranks: what it costs is to read what each page shows of others.
    """
    if pages.query.is_empty():
        return []
    results = pages.search(query).get_queryset()
    return list(results.values_list("pk", flat=True)[: MOST_RANKED + 1])


def _attempts(words: str) -> Iterator[tuple[Closeness, str, PageQuerySet, SearchQuery]]:
    pages = public_pages_with(words)
    yield Closeness.EVERY_WORD, words, pages, PlainText(words, operator="and")
    yield Closeness.SOME_WORDS, words, pages, PlainText(words, operator="or")
    for known in (words_of_names, words_of_texts):
        if spelt := corrected(words, known()):
            yield Closeness.SIMILAR_WORDS, spelt, public_pages_with(spelt), PlainText(spelt, operator="or")


def promoted(words: str) -> list[SearchPromotion]:
    """Return what editors promote for exactly these words, without pages that are not public."""
    return _promotions().get(normalise_query_string(words), [])


@remembered
def _promotions() -> dict[str, list[SearchPromotion]]:
    """Return all of them, by the words for which they are promoted."""
    promotions = list(SearchPromotion.objects.select_related("query", "page"))
    pages = [promotion.page_id for promotion in promotions if promotion.page_id]
    shown = set(listed_pages().filter(pk__in=pages).values_list("pk", flat=True)) if pages else set()
    by_words: dict[str, list[SearchPromotion]] = {}
    for promotion in promotions:
        if not promotion.page_id or promotion.page_id in shown:
            by_words.setdefault(promotion.query.query_string, []).append(promotion)
    return by_words


def suggest(words: str, limit: int = 8) -> list[Page]:
    """Return pages whose name, or another word for it, begins with what was typed so far."""
    found = _beginning_with(words, limit)
    if not found and (spelt := corrected(words, words_of_names())):
        found = _beginning_with(spelt, limit)
    return found


def _beginning_with(words: str, limit: int) -> list[Page]:
    return list(public_pages_beginning_with(words).specific().autocomplete(words)[:limit])


def starting_pages(request: HttpRequest) -> list[Page]:
    """Return where to begin without a search: the public pages below the front page that are in menus."""
    site = Site.find_for_request(request)
    front_page = site.root_page.localized if site else None
    return list(public(front_page.get_children().in_menu()).specific(defer=True)) if front_page else []
