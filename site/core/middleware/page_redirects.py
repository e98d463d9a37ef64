from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from rest_framework.response import Response
from wagtail.models import Site

from core.redirect_lookup import redirect_at, target_of


class PageRedirectMiddleware:
    """Answers with a redirect where there would be nothing. In place of Wagtail's, which names hidden pages.

    The API has redirects in `pages/find/`, and its 404s cost no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or isinstance(response, Response):
            return response
        return redirect_from(request) or response


def redirect_from(request: HttpRequest) -> HttpResponse | None:
    address = request.get_full_path()
    site = Site.find_for_request(request)
    redirect = redirect_at(address, site) if site else None
    target = target_of(redirect, request, address) if redirect else None
    if redirect is None or target is None:
        return None
    return HttpResponsePermanentRedirect(target) if redirect.is_permanent else HttpResponseRedirect(target)
