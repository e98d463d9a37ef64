"""Cache headers of the site's own pages: shared caches may keep what a visitor without a session sees."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from core.caching.conditional import ConditionalReadMiddleware
from core.caching.headers import set_key_headers
from core.caching.surrogate_keys import HTML, answer_keys
from core.caching.until_midnight import until_midnight


class PublicPagesMiddleware(ConditionalReadMiddleware):
    """Precedes every middleware that sets cookies: an answer that sets one is private."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if HTML not in answer_keys(request) or "Cache-Control" in response:
            return response
        if not self._is_for_everyone(request, response):
            response["Cache-Control"] = "private, no-cache"
            return response
        response["Cache-Control"] = until_midnight(settings.PAGE_CACHE_CONTROL)
        set_key_headers(response, answer_keys(request))
        return super().process_response(request, response)

    def _is_for_everyone(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Return False for any URL with a query: what somebody filters by may say how they are."""
        return (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.cookies
            and not request.GET
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )
