"""Previews of a page as others show it: among search results, and where somebody shares a link to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PreviewableMixin

TEMPLATES = {
    "search-result": "previews/search_result.html",
    "shared-link": "previews/shared_link.html",
}
APPEARANCES = [("search-result", _("As a search result")), ("shared-link", _("As a shared link"))]


class Appearance(PreviewableMixin):
    """What is previewed in such a mode. Not in the page's `serve_preview`: routable pages serve a route."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def get_full_url(self) -> str | None:
        return self.page.full_url

    full_url = property(get_full_url)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        words: dict[str, Any] = {"page": self.page, "address": self.page.full_url or ""}
        return TemplateResponse(request, TEMPLATES[mode_name], words)
