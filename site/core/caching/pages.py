"""The surrogate keys of the site's own pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from core.caching.surrogate_keys import HTML, shown_by

type ServePage = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


def naming_keys(serve: ServePage) -> ServePage:
    """Only what passes through here is a page; the form that asks for its password does not."""

    def serve_and_name(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        shown_by(request).add(HTML)
        shown_by(request).add_page(page.pk)
        return serve(page, request, args, kwargs)

    return serve_and_name
