"""`search/` and `search/suggestions/`. What is asked says how someone is, so no cache keeps an answer."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page

from home.api.endpoints import PlainEndpoint
from home.api.errors import InvalidParameterError
from home.api.links import page_reference
from home.api.pagination import USUAL_LIMIT, whole_number
from search.forms import SearchForm
from search.highlighting import Result, highlight
from search.query import find, suggest

MOST_RESULTS = 50
MOST_PASSED_OVER = 1000


class SearchEndpoint(PlainEndpoint):
    def words(self) -> str:
        form = SearchForm(self.request.GET)
        if not form.is_valid():
            raise InvalidParameterError(form.errors)
        return form.cleaned_data["query"]

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class SuggestionsAPIView(SearchEndpoint):
    """Public pages whose name, or another word for it, begins with `query`."""

    def known_parameters(self) -> frozenset[str]:
        return frozenset({"query"})

    def get(self, request: Request) -> Response:
        words = self.words()
        pages = suggest(words) if words else []
        return Response({"items": [page_reference(page, request) for page in pages]})


class SearchAPIView(SearchEndpoint):
    """Public pages by relevance; `title` and `passage` are HTML with the words found in `<mark>`."""

    def known_parameters(self) -> frozenset[str]:
        return frozenset({"query", "limit", "offset"})

    def get(self, request: Request) -> Response:
        limit = whole_number("limit", request.GET.get("limit", USUAL_LIMIT), MOST_RESULTS)
        offset = whole_number("offset", request.GET.get("offset", 0), MOST_PASSED_OVER)
        words = self.words()
        if not words:
            return Response({"meta": {"total_count": 0, "closeness": None}, "items": []})
        found = find(words)
        results = highlight(found.pages[offset : offset + limit], words)
        meta = {"total_count": found.count, "closeness": found.closeness.value}
        return Response({"meta": meta, "items": [self._answer(result) for result in results]})

    def _answer(self, result: Result) -> dict[str, Any]:
        page: Page = result.page
        return {
            "page": page_reference(page, self.request),
            "kind": str(getattr(page, "kind_label", "")),
            "title": str(result.title),
            "passage": str(result.passage),
        }

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="detail"),
            path("suggestions/", SuggestionsAPIView.as_view(), name="suggestions"),
        ]
