"""The navigation for the templates: header, footer and the link to urgent help."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Site

from core.languages import home_path, readable_version
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
    navigation = Navigation.for_request(request)
    header = [block.value for block in navigation.header]
    groups = [block.value for block in navigation.footer]
    resolver = LinkResolver([*header, *(link for group in groups for link in group["links"])], request)
    return SiteNavigation(
        header=resolver.resolve(header),
        footer=[LinkGroup(group["heading"], resolver.resolve(group["links"])) for group in groups],
        help_url=help_url(request),
        home_url=home_path(site),
    )


def help_url(request: HttpRequest) -> str:
    """Where more help is: the page that editors chose, if everyone may read it."""
    page = readable_version(CrisisHelp.for_request(request).page)
    return (page.get_url(request) or "") if page else HELP_ON_THIS_PAGE
