"""The translations of a page, for `hreflang` links. With one language there are none, and no query."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from core.models import BasePage
from core.visibility import public


@dataclass(frozen=True, slots=True)
class Alternate:
    language: str
    #: Absolute, for search engines.
    url: str
    #: As in every other link of the site.
    address: str


def alternates_of(page: BasePage, request: HttpRequest) -> list[Alternate]:
    """Return every public translation, the page itself included, as search engines expect it."""
    if len(settings.WAGTAIL_CONTENT_LANGUAGES) < 2:
        return []
    versions = public(page.get_translations(inclusive=True)).select_related("locale").specific()
    alternates = [
        Alternate(
            version.locale.language_code, version.get_full_url(request) or "", version.get_url(request) or ""
        )
        for version in versions
    ]
    return alternates if len(alternates) > 1 else []
