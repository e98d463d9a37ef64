from django.http import HttpRequest, HttpResponseBase
from rest_framework.response import Response
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class PageRedirectMiddleware(RedirectMiddleware):
    """For pages alone. The API tells of redirects in `pages/find/`; its own 404s ask the database nothing."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, Response):
            return response
        return super().process_response(request, response)
