"""The navigation for the templates: header, footer and the link to urgent help."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import HttpRequest
from wagtail.models import Site

from core.caching.content_memory import remembered
from core.languages import active_language, home_path, readable_version
from core.link_resolver import Link, LinkResolver
from home.models import CrisisHelp, HomePage, Navigation

#: The target of "Get help now" until editors choose a page: the footer of the same page.
HELP_ON_THIS_PAGE = "#urgent-help"


@dataclass(frozen=True)
class LinkGroup:
    heading: str
    links: list[Link]


class HeaderShows(StrEnum):
    """How much the header leads to: less where someone answers the form, and where someone needs help."""

    ALL = "all"
    NAME_AND_HELP = "name and help"
    NAME_AND_MENU = "name and menu"


@dataclass(frozen=True)
class SiteNavigation:
    header: list[Link]
    footer: list[LinkGroup]
    help_url: str
    home_url: str
    #: What the front page invites to first; None where its page is not public.
    first_step: Link | None = None
    header_shows: HeaderShows = HeaderShows.ALL


def navigation_for(request: HttpRequest) -> SiteNavigation:
    """Return the navigation of the request's site, with the same few queries for any number of links."""
    site = Site.find_for_request(request)
    if site is None:
        return SiteNavigation(header=[], footer=[], help_url=HELP_ON_THIS_PAGE, home_url="/")
    navigation = _navigation(site, active_language())
    header = [replace(link, is_current=_leads_to(link, request)) for link in navigation.header]
    return replace(navigation, header=header, header_shows=_header_shows(navigation, request))


@remembered
def _navigation(site: Site, language: str | None) -> SiteNavigation:
    navigation = Navigation.localized_for_site(site)
    header = [block.value for block in navigation.header]
    groups = [block.value for block in navigation.footer]
    links = [*header, *(link for group in groups for link in group["links"])]
    resolver = LinkResolver(links, language, site)
    return SiteNavigation(
        header=resolver.resolve(header),
        footer=[LinkGroup(group["heading"], resolver.resolve(group["links"])) for group in groups],
        help_url=help_url(site),
        home_url=home_path(site),
        first_step=_first_step(site),
    )


def _first_step(site: Site) -> Link | None:
    front_page = site.root_page.specific.localized
    if not isinstance(front_page, HomePage):
        return None
    page = readable_version(front_page.first_step_page)
    if page is None:
        return None
    return Link(page.get_url(current_site=site) or "", front_page.first_step_label)


def _header_shows(navigation: SiteNavigation, request: HttpRequest) -> HeaderShows:
    if navigation.first_step and _leads_to(navigation.first_step, request):
        return HeaderShows.NAME_AND_HELP
    if request.path == navigation.help_url:
        return HeaderShows.NAME_AND_MENU
    return HeaderShows.ALL


def _leads_to(link: Link, request: HttpRequest) -> bool:
    """Return whether the request is for that page or one below it."""
    return link.url not in ("", "/") and request.path.startswith(link.url)


def help_url(site: Site) -> str:
    """Where more help is: the page that editors chose, if everyone may read it."""
    page = readable_version(CrisisHelp.for_site(site).page)
    return (page.get_url(current_site=site) or "") if page else HELP_ON_THIS_PAGE
