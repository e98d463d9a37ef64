"""The navigation for the templates: header, footer and the link to urgent help."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from wagtail.models import Site

from core.caching.content_memory import remembered
from core.languages import active_language, home_path, readable_version
from core.link_resolver import Link, LinkResolver
from home.models import CrisisHelp, Navigation

#: The target of "Get help now" until editors choose a page: the footer of the same page.
HELP_ON_THIS_PAGE = "#urgent-help"


@dataclass(frozen=True)
class LinkGroup:
    heading: str
    links: list[Link]


@dataclass(frozen=True)
class SiteNavigation:
    header: list[Link]
    footer: list[LinkGroup]
    help_url: str
    home_url: str


def navigation_for(request: HttpRequest) -> SiteNavigation:
    """Return the navigation of the request's site, with the same few queries for any number of links."""
    site = Site.find_for_request(request)
    if site is None:
        return SiteNavigation(header=[], footer=[], help_url=HELP_ON_THIS_PAGE, home_url="/")
    navigation = _navigation(site, active_language())
    header = [replace(link, is_current=_leads_to(link, request)) for link in navigation.header]
    return replace(navigation, header=header)


@remembered
def _navigation(site: Site, language: str | None) -> SiteNavigation:
    navigation = Navigation.for_site(site)
    header = [block.value for block in navigation.header]
    groups = [block.value for block in navigation.footer]
    links = [*header, *(link for group in groups for link in group["links"])]
    resolver = LinkResolver(links, language, site)
    return SiteNavigation(
        header=resolver.resolve(header),
        footer=[LinkGroup(group["heading"], resolver.resolve(group["links"])) for group in groups],
        help_url=help_url(site),
        home_url=home_path(site),
    )


def _leads_to(link: Link, request: HttpRequest) -> bool:
    """Return whether the request is for that page or one below it."""
    return link.url not in ("", "/") and request.path.startswith(link.url)


def help_url(site: Site) -> str:
    """Where more help is: the page that editors chose, if everyone may read it."""
    page = readable_version(CrisisHelp.for_site(site).page)
    return (page.get_url(current_site=site) or "") if page else HELP_ON_THIS_PAGE
