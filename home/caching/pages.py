"""The pages of the site itself: shared caches may keep what a reader without a session sees."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from wagtail.models import Page

from home.caching.headers import name_keys
from home.caching.keys import HTML, shown_by

type ServePage = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


def naming_keys(serve: ServePage) -> ServePage:
    """Only what passes through here is a page; the form that asks for its password does not."""

    def serve_and_name(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        shown_by(request).add(HTML)
        shown_by(request).add_page(page.pk)
        return serve(page, request, args, kwargs)

    return serve_and_name


class PublicPagesMiddleware(ConditionalGetMiddleware):
    """Stands outside of whatever sets cookies: an answer that sets one is for one reader alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if HTML not in shown_by(request) or "Cache-Control" in response:
            return response
        if not self._is_for_everyone(request, response):
            response["Cache-Control"] = "private, no-cache"
            return response
        response["Cache-Control"] = settings.PAGE_CACHE_CONTROL
        name_keys(response, shown_by(request))
        return super().process_response(request, response)

    def _is_for_everyone(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """What someone narrows a list by says how they are: no address with a query is kept."""
        return (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.cookies
            and not request.GET
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )
