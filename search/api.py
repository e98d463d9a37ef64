"""`search/` and `search/suggestions/`. Search words are health data, so no cache keeps an answer."""

from datetime import date
from typing import Annotated, TypedDict

from annotated_types import Ge, Le, MaxLen
from django.urls import URLPattern, path
from wagtail.models import Page

from core.content_api.localized_views import LOCALE, LocalizedEndpoint
from core.content_api.pagination import USUAL_LIMIT
from core.content_api.parameters import Parameter
from core.content_api.representation.answer_types import Html, attribute_docstrings
from core.content_api.representation.links import PageReference, page_reference
from home.api.urgent_help import UrgentHelpAnswer, urgent_help
from home.urgent_words import urgent_groups
from search.forms import MOST_CHARACTERS
from search.highlighting import Result, highlight
from search.models import OtherHelp
from search.other_help import other_help
from search.query import Closeness, find, suggest

QUERY = Parameter[str | None](
    "query",
    Annotated[str, MaxLen(MOST_CHARACTERS)],
    "The words to look for. Without any, nothing is found.",
    examples=["low mood"],
)
LIMIT = Parameter[int]("limit", Annotated[int, Ge(0), Le(50)], "How many results.", default=USUAL_LIMIT)
OFFSET = Parameter[int](
    "offset", Annotated[int, Ge(0), Le(1000)], "How many results to pass over.", default=0
)


class SuggestionsAnswer(TypedDict):
    items: list[PageReference]
    urgent_help: UrgentHelpAnswer | None


@attribute_docstrings
class SearchMeta(TypedDict):
    total_count: int
    """How many pages, at most 200: of more, those are left out that fit least."""
    closeness: Closeness | None
    """How near the pages found are to the words. None where nothing was asked."""


@attribute_docstrings
class SearchResultAnswer(TypedDict):
    page: PageReference
    kind: str
    """What kind of page it is, in a reader's words."""
    title: Html
    """With the words found in `<mark>`."""
    passage: Html
    """The summary, or words from the text, with the words found in `<mark>`."""


class PlaceAnswer(TypedDict):
    name: str
    url: str


@attribute_docstrings
class ElsewhereAnswer(TypedDict):
    """What the practice does not treat, and who does."""

    subject: str
    explanation: str
    places: list[PlaceAnswer]
    checked_on: date | None
    """When somebody last looked at each place. None: nobody has yet."""


@attribute_docstrings
class SearchAnswer(TypedDict):
    meta: SearchMeta
    elsewhere: list[ElsewhereAnswer]
    """To show before the pages: what these words ask for and the practice does not treat."""
    items: list[SearchResultAnswer]
    urgent_help: UrgentHelpAnswer | None


def _elsewhere(one: OtherHelp) -> ElsewhereAnswer:
    return {
        "subject": one.subject,
        "explanation": one.explanation,
        "places": [{"name": place.name, "url": place.url} for place in one.places.all()],
        "checked_on": one.checked_on,
    }


class SearchEndpoint(LocalizedEndpoint):
    may_be_cached = False
    throttle_scope = "searching"

    def words(self) -> str:
        return (self.arguments[QUERY] or "").strip()

    def urgent_help(self, words: str) -> UrgentHelpAnswer | None:
        return urgent_help(self.request, urgent_groups(words))


class SearchSuggestionsAPIView(SearchEndpoint):
    """Names of public pages, while someone types.

    Those whose name, or another word for it, begins with `query`.
    """

    operation_id = "suggestPages"
    parameters = (QUERY, LOCALE)

    def answer(self) -> SuggestionsAnswer:
        words = self.words()
        pages = suggest(words) if words else []
        references = [page_reference(page, self.request) for page in pages]
        return {
            "items": [reference for reference in references if reference],
            "urgent_help": self.urgent_help(words),
        }


class SearchAPIView(SearchEndpoint):
    """Public pages by relevance.

    Those that hold every word; failing that, any of them; failing that, words spelt nearly the same.
    """

    operation_id = "searchPages"
    parameters = (QUERY, LOCALE, LIMIT, OFFSET)

    def answer(self) -> SearchAnswer:
        words, limit, offset = self.words(), self.arguments[LIMIT], self.arguments[OFFSET]
        if not words:
            meta: SearchMeta = {"total_count": 0, "closeness": None}
            return {"meta": meta, "elsewhere": [], "items": [], "urgent_help": None}
        found = find(words)
        results = highlight(found.pages(offset, offset + limit), found.words)
        rows = [row for result in results if (row := self._row(result))]
        return {
            "meta": {"total_count": found.count, "closeness": found.closeness},
            "elsewhere": [_elsewhere(one) for one in other_help(words)],
            "items": rows,
            "urgent_help": self.urgent_help(words),
        }

    def _row(self, result: Result) -> SearchResultAnswer | None:
        page: Page = result.page
        reference = page_reference(page, self.request)
        return reference and {
            "page": reference,
            "kind": str(getattr(page, "kind_label", "")),
            "title": str(result.title),
            "passage": str(result.passage),
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SearchSuggestionsAPIView.as_view(), name="suggestions"),
        ]
