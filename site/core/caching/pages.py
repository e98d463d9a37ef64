"""The surrogate keys of the site's own pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from core.caching.surrogate_keys import HTML, answer_keys

type ServePage = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


def collecting_page_keys(serve: ServePage) -> ServePage:
    """Wrap the view of a page, but not the form that asks for its password, to collect the page's keys."""

    def serve_with_keys(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        answer_keys(request).add(HTML)
        answer_keys(request).add_page(page.pk)
        return serve(page, request, args, kwargs)

    return serve_with_keys
