"""The same page in the site's other languages. A site with one language has none, and asks nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from core.models import BasePage
from core.visibility import public


@dataclass(frozen=True, slots=True)
class Alternate:
    language: str
    #: In full, for search engines.
    url: str
    #: For readers, as in every other link.
    address: str


def alternates_of(page: BasePage, request: HttpRequest) -> list[Alternate]:
    """Each public version, this one included: search engines want the whole set on every page of it."""
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
