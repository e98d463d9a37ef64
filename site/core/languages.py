"""The site in several languages: where the pages of each begin, and which page says the same in another.

A site with one language, which is usual, pays nothing for this: each function returns before it asks.
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

#: Below no page.
NOWHERE = "/"


def active_language() -> str | None:
    """The language that is spoken, where there is a choice."""
    return translation.get_language() if settings.WAGTAIL_I18N_ENABLED else None


def usual_language() -> str | None:
    """The language of the pages that the practice's own records refer to, where there is a choice."""
    return settings.LANGUAGE_CODE if settings.WAGTAIL_I18N_ENABLED else None


def speaking(language: str | None) -> AbstractContextManager[object]:
    """Labels come in this language, where it is one of several. Otherwise nothing changes."""
    is_choice = settings.WAGTAIL_I18N_ENABLED and language in get_content_languages()
    return translation.override(language) if is_choice else nullcontext()


def speaking_as(page: Page) -> AbstractContextManager[object]:
    """The same in the page's own language."""
    return speaking(page.locale.language_code) if settings.WAGTAIL_I18N_ENABLED else nullcontext()


def read_prefix(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The language of a path, and the parts that follow its prefix. The usual language has none."""
    others = get_content_languages().keys() - {settings.LANGUAGE_CODE}
    if settings.WAGTAIL_I18N_ENABLED and parts and parts[0] in others:
        return parts[0], parts[1:]
    return settings.LANGUAGE_CODE, parts


def front_pages(site: Site) -> dict[str, str]:
    """Where the pages of each language begin: the `url_path` of its front page. Wagtail keeps them cached."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return {settings.LANGUAGE_CODE: site.root_page.url_path}
    known = get_content_languages()
    return {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk and root.language_code in known
    }


def other_front_pages(site: Site) -> dict[str, Page]:
    """Those of the further languages that are public."""
    places = {code: path for code, path in front_pages(site).items() if code != settings.LANGUAGE_CODE}
    pages = public(Page.objects.filter(url_path__in=places.values())) if places else ()
    found = {page.url_path: page for page in pages}
    return {code: found[path] for code, path in places.items() if path in found}


def home_path(site: Site) -> str:
    """Where the name of the practice leads: the front page in the language that is spoken."""
    language = active_language()
    if language in (None, settings.LANGUAGE_CODE) or language not in front_pages(site):
        return "/"
    return f"/{language}/"


def url_path(site: Site, parts: Sequence[str]) -> str:
    """Where a page with this path is in the tree, whether or not there is one."""
    language, below = read_prefix(parts)
    return front_pages(site).get(language, NOWHERE) + "".join(f"{part}/" for part in below)


def pages_of(site: Site, pages: PageQuerySet) -> PageQuerySet:
    """Those that the site serves, in every language."""
    if not settings.WAGTAIL_I18N_ENABLED:
        return pages.descendant_of(site.root_page, inclusive=True)
    below = Q(pk__in=[])
    for root_path in front_pages(site).values():
        below |= Q(url_path__startswith=root_path)
    return pages.filter(below)


def in_language(pages: PageQuerySet, language: str | None) -> PageQuerySet:
    return pages.filter(locale__language_code=language) if language else pages


def versions_in(language: str | None, pages: Iterable[Page]) -> dict[int, Page]:
    """The public version of each page in that language, by the page's own id, where there is one."""
    if language is None:
        return {}
    ids = {page.translation_key: page.pk for page in pages}
    versions = in_language(public(Page.objects.filter(translation_key__in=ids)), language)
    return {ids[version.translation_key]: version for version in versions}


def readable_version(page: Page | None) -> Page | None:
    """The page in the language that is spoken, or as it is. None unless anyone may read it."""
    if page is None or not is_public(page):
        return None
    return versions_in(active_language(), [page]).get(page.pk, page)
