"""The address of an action leads to its page: browsers ask for it after signing in anew, and on a reload."""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

#: What was said of the address holds for where it leads.
_KEPT = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")


class ActionAddressesMiddleware:
    """What only takes a POST answers a GET with the nearest page above it, and not with an empty 405.

    So it is below the addresses of `ACTION_ADDRESSES_BELOW`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_refused = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if is_refused and request.method in ("GET", "HEAD") and request.accepts("text/html"):
            page = next(_pages_above(request.path), None)
            return _redirect(page, response) if page else response
        return response


def _pages_above(path: str) -> Iterator[str]:
    """Yield the addresses above that have a page, the nearest first."""
    top = next((top for top in settings.ACTION_ADDRESSES_BELOW if path.startswith(top)), path)
    while path != top:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _has_page(path):
            yield path


def _redirect(page: str, response: HttpResponse) -> HttpResponse:
    to_page = redirect(page)
    for header in _KEPT:
        if header in response:
            to_page[header] = response[header]
    return to_page


def _has_page(path: str) -> bool:
    """Return whether the address is known. Wagtail's own answer to all others has no name."""
    try:
        return bool(resolve(path).url_name)
    except Resolver404:
        return False
