"""The way to a page: the site of a request, the pages above the one that is asked for, and that page.

The site with its front page, and the pages above others, are read once for all answers of an epoch.
"""

from copy import copy

from django.http import Http404
from wagtail.models import Page, Site, sites
from wagtail.query import PageQuerySet

from core.caching.content_memory import remembered

#: A list leads to pages of one type, and to few of another.
FEW = 2

_find_site = sites.get_site_for_hostname


def remember_sites() -> None:
    """Let Wagtail find the site of a request among what is remembered."""
    sites.get_site_for_hostname = site_at


def site_at(hostname: str, port: str) -> Site:
    """Return the site, with its front page as its own type. Raise `Site.DoesNotExist` where there is none.

    Copies, because what is found for a request is noted on them.
    """
    site = copy(_site_at(hostname, port))
    site.root_page = copy(site.root_page)
    return site


@remembered
def _site_at(hostname: str, port: str) -> Site:
    site = _find_site(hostname, port)
    site.root_page = _as_its_own_type(site.root_page)
    return site


def page_below(parent: Page, slug: str, *, is_on_the_way: bool) -> Page:
    """Return the page with this slug, as its own type, and with `parent` as the page above it.

    Raise Http404 where there is none.
    """
    page = copy(_page_on_the_way(parent, slug)) if is_on_the_way else _read_below(parent, slug)
    page._cached_parent_obj = parent
    return page


@remembered
def _page_on_the_way(parent: Page, slug: str) -> Page:
    return _read_below(parent, slug)


def _read_below(parent: Page, slug: str) -> Page:
    """Return the page as its own type: the likeliest is asked first, where the parent leads to few."""
    kinds = _kinds_below(parent)
    likely = _as_shown(kinds[0]).child_of(parent).filter(slug=slug).first() if 0 < len(kinds) <= FEW else None
    if likely is not None:
        return likely
    page = parent.get_children().filter(slug=slug).only("pk", "content_type").first()
    if page is None:
        raise Http404
    return _as_its_own_type(page)


def _kinds_below(parent: Page) -> list[type[Page]]:
    """Return the types of page that may stand there, but for the plain page, which Wagtail allows always."""
    kinds = parent.specific_class.allowed_subpage_models() if parent.specific_class else []
    return [kind for kind in kinds if kind is not Page]


def _as_its_own_type(page: Page) -> Page:
    return _as_shown(page.specific_class or Page).get(pk=page.pk)


def _as_shown(kind: type[Page]) -> PageQuerySet:
    """Return the pages of a type, each with what is shown with it."""
    pages, shown_with = kind._default_manager.all(), getattr(kind, "shown_with", ())
    return pages.select_related(*shown_with) if shown_with else pages


def routed_ancestors(page: Page) -> list[Page] | None:
    """Return the pages above this one, from the front page down, or None where no route led through them."""
    above: list[Page] = []
    while page.depth > 2:
        parent = vars(page).get("_cached_parent_obj")
        if parent is None:
            return None
        above.insert(0, parent)
        page = parent
    return above
