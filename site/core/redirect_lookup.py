"""Where old addresses lead, for the site and for the API: to other addresses, and to public pages only."""

from collections.abc import Iterator
from urllib.parse import urlparse, urlsplit

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace, Substr
from django.http import HttpRequest
from django.urls import Resolver404
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.languages import front_pages
from core.query_strings import with_query
from core.visibility import public

SLASH = Value("/")


def redirects_of(site: Site) -> QuerySet[Redirect]:
    """Return the redirects of the site that lead to a public page, or to another address than their own.

    Not those from an address where the tree has a public page: the site shows that page.
    """
    own = [F("old_path"), Concat("old_path", SLASH)]
    own += [Concat(Value(site.root_url), address) for address in own]
    leads_to_page = Q(redirect_page__in=public(Page.objects.all()).values("pk"))
    leads_to_address = Q(redirect_page=None) & ~Q(redirect_link="") & ~Q(redirect_link__in=own)
    redirects = Redirect.get_for_site(site).filter(leads_to_page | leads_to_address)
    for prefix, front in _fronts(site):
        path = Replace(Concat(OuterRef("old_path"), SLASH), Value("//"), SLASH)
        in_tree = Concat(Value(front), Substr(path, len(prefix) + 2))
        page = Exists(public(Page.objects.filter(url_path=in_tree)))
        is_below = Q(old_path=prefix) | Q(old_path__startswith=f"{prefix}/")
        redirects = redirects.exclude(is_below & Q(page))
    return redirects.select_related("redirect_page")


def _fronts(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the start of the addresses in each language, and the `url_path` of its front page."""
    for code, front in front_pages(site).items():
        yield ("" if code == settings.LANGUAGE_CODE else f"/{code}"), front


def redirect_at(address: str, site: Site) -> Redirect | None:
    """Return the redirect at a path, which may have a query and end in a slash or not.

    One that was made for this very query precedes one for the path alone, and one of this site precedes one
    of every site. Raise `ValueError` for what can be no path.
    """
    if "\x00" in address:
        return None
    whole = Redirect.normalise_path(address, decode_unicode=False)
    spellings = [uri_to_iri(whole), whole]
    path = urlparse(whole).path
    spellings = list(dict.fromkeys([*spellings, uri_to_iri(path), path]))
    found = redirects_of(site).filter(old_path__in=spellings)
    return min(found, key=lambda one: (spellings.index(one.old_path), one.site_id is None), default=None)


def target_of(redirect: Redirect, request: HttpRequest, asked_for: str = "") -> str | None:
    """Return the address that it leads to, or None where that is the redirect's own.

    The query that was asked for goes on to addresses of this site: it may say what someone looks for, so no
    other host is told. Not where the redirect was made for that very query.
    """
    target = page_address(redirect, request) if redirect.redirect_page else redirect.redirect_link
    if not target or (Redirect.normalise_path(target) == redirect.old_path and _is_here(target, request)):
        return None
    query = "" if "?" in redirect.old_path else asked_for.partition("?")[2].partition("#")[0]
    return with_query(target, query) if _is_here(target, request) else target


def page_address(redirect: Redirect, request: HttpRequest) -> str:
    """Return the address of the redirect's page, or of a route below it if there is one."""
    page, route = redirect.redirect_page.specific_deferred, redirect.redirect_page_route_path
    address = page.get_url(request) or ""
    if not (address and route):
        return address
    try:
        page.resolve_subpage(route)
    except (AttributeError, Resolver404):
        return address
    return address.rstrip("/") + route


def _is_here(address: str, request: HttpRequest) -> bool:
    host, site = urlsplit(address).netloc, Site.find_for_request(request)
    return not host or (site is not None and host == urlsplit(site.root_url).netloc)
