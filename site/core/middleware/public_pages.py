"""Cache headers of the site's own pages: shared caches may keep what a reader without a session sees."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware

from core.caching.headers import name_keys
from core.caching.surrogate_keys import HTML, shown_by


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
