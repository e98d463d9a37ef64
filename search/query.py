"""Find public pages by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page, Site
from wagtail.search.utils import normalise_query_string

from core.caching.content_memory import remembered
from core.linked_pages import pages_for_cards
from core.visibility import public
from search.index_lookup import (
    MOST_RANKED,
    pages_beginning_with,
    pages_with_every_word,
    pages_with_some_word,
)
from search.spelling import corrected
from search.vocabulary import listed_pages, words_of_names, words_of_texts


class Closeness(StrEnum):
    """How near the pages found are to the words asked for."""

    EVERY_WORD = "every word"
    SOME_WORDS = "some words"
    SIMILAR_WORDS = "similar words"


@dataclass(frozen=True)
class Found:
    #: The ids of the pages that were ranked, the best first.
    ranked: Sequence[int]
    closeness: Closeness
    #: The words that were searched for in the end, perhaps in another spelling than asked for.
    words: str

    @property
    def ids(self) -> Sequence[int]:
        return self.ranked[:MOST_RANKED]

    @property
    def are_more(self) -> bool:
        """Return whether more hold the words than are listed."""
        return len(self.ranked) > MOST_RANKED

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
    ids, are_with_every = pages_with_every_word(words)
    found = Found(ids, Closeness.EVERY_WORD if are_with_every else Closeness.SOME_WORDS, words)
    for known in (words_of_names, words_of_texts):
        if not found.count and (spelt := corrected(words, known())):
            found = Found(pages_with_some_word(spelt), Closeness.SIMILAR_WORDS, spelt)
    return found


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
    ids = pages_beginning_with(words, limit)
    if not ids and (spelt := corrected(words, words_of_names())):
        ids = pages_beginning_with(spelt, limit)
    return list(pages_for_cards(ids).values())


def starting_pages(request: HttpRequest) -> list[Page]:
    """Return where to begin without a search: the public pages below the front page that are in menus."""
    site = Site.find_for_request(request)
    front_page = site.root_page.localized if site else None
    return list(public(front_page.get_children().in_menu()).specific(defer=True)) if front_page else []
