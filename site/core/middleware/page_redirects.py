from django.http import HttpRequest, HttpResponseBase
from rest_framework.response import Response
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class PageRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, for pages only. The API has them in `pages/find/`, and its 404s cost no query."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, Response):
            return response
        return super().process_response(request, response)
