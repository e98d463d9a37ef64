"""Languages of the pages: the front page of each, and the translations of a page.

With one language, as usual, no function costs a query.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from core.visibility import is_public, public

#: A `url_path` below which there is no page.
NOWHERE = "/"


def active_language() -> str | None:
    """Return the active language, or None where the site has one only."""
    return translation.get_language() if settings.WAGTAIL_I18N_ENABLED else None


def default_language() -> str | None:
    """Return the language of the pages that settings refer to, or None where the site has one only."""
    return settings.LANGUAGE_CODE if settings.WAGTAIL_I18N_ENABLED else None


def is_another_language() -> bool:
    """Return whether the active language is another than that of the settings."""
    return active_language() not in (None, settings.LANGUAGE_CODE)


def override_language(language: str | None) -> AbstractContextManager[object]:
    """Activate a language of the site's; do nothing where it has one only, or does not have this one."""
    is_choice = settings.WAGTAIL_I18N_ENABLED and language in get_content_languages()
    return translation.override(language) if is_choice else nullcontext()


def language_or_default(language: str) -> str:
    """Return a language that was stored, or the default one where the site does not have it any more."""
    return language if language in get_content_languages() else settings.LANGUAGE_CODE


def override_language_of(page: Page) -> AbstractContextManager[object]:
    """Activate the language of the page."""
    return override_language(page.locale.language_code) if settings.WAGTAIL_I18N_ENABLED else nullcontext()


def split_prefix(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the language of a path and the parts after its prefix. The default language has no prefix."""
    others = get_content_languages().keys() - {settings.LANGUAGE_CODE}
    if settings.WAGTAIL_I18N_ENABLED and parts and parts[0] in others:
        return parts[0], parts[1:]
    return settings.LANGUAGE_CODE, parts


def front_pages(site: Site) -> dict[str, str]:
    """Return the `url_path` of the front page of each language. Wagtail caches them."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return {settings.LANGUAGE_CODE: site.root_page.url_path}
    known = get_content_languages()
    return {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk and root.language_code in known
    }


def other_front_pages(site: Site) -> dict[str, Page]:
    """Return the public front pages of the languages beside the default."""
    places = {code: path for code, path in front_pages(site).items() if code != settings.LANGUAGE_CODE}
    pages = public(Page.objects.filter(url_path__in=places.values())) if places else ()
    found = {page.url_path: page for page in pages}
    return {code: found[path] for code, path in places.items() if path in found}


def home_path(site: Site) -> str:
    """Return the path of the front page in the active language."""
    has_pages = is_another_language() and active_language() in front_pages(site)
    return prefixed_path() if has_pages else "/"


def prefixed_path() -> str:
    """Return where addresses of the active language begin, whether or not it has pages yet. No query."""
    return f"/{active_language()}/" if is_another_language() else "/"


def url_path(site: Site, parts: Sequence[str]) -> str:
    """Return the `url_path` of a page with this path, whether or not it exists."""
    language, below = split_prefix(parts)
    return front_pages(site).get(language, NOWHERE) + "".join(f"{part}/" for part in below)


def pages_of(site: Site, pages: PageQuerySet) -> PageQuerySet:
    """Keep the pages that the site serves, in every language."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return pages.descendant_of(site.root_page, inclusive=True)
    below = Q(pk__in=[])
    for root_path in front_pages(site).values():
        below |= Q(url_path__startswith=root_path)
    return pages.filter(below)


def in_language(pages: PageQuerySet, language: str | None) -> PageQuerySet:
    return pages.filter(locale__language_code=language) if language else pages


def versions_in(
    language: str | None, pages: Iterable[Page], among: PageQuerySet | None = None
) -> dict[int, Page]:
    """Return the translations of the pages into that language, by the id of the page given.

    They are looked for among public pages, which a caller may have queried in a way of its own.
    """
    if language is None:
        return {}
    ids = {page.translation_key: page.pk for page in pages}
    known = public(Page.objects.all()) if among is None else among
    versions = in_language(known.filter(translation_key__in=ids), language)
    return {ids[version.translation_key]: version for version in versions}


def readable_version(page: Page | None) -> Page | None:
    """Return the page's translation into the active language, or the page; None unless it is public."""
    if page is None or not is_public(page):
        return None
    return versions_in(active_language(), [page]).get(page.pk, page)
