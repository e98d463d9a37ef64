"""`site/`: the settings and navigation that all pages need. `paths/`: all public addresses."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, TypedDict

from django.conf import settings
from django.http import Http404
from pydantic import Field
from wagtail.models import Page, Site

from core.caching.surrogate_keys import NEWLY_PUBLIC, PAGES, SETTINGS, answer_keys
from core.content_api.endpoints.pages import pages_here
from core.content_api.localized_views import LOCALE, LocalizedEndpoint
from core.content_api.operations import Operation
from core.content_api.representation.answer_types import PageTypeLabel, Url, attribute_docstrings
from core.content_api.representation.block_types import ValueOf
from core.content_api.representation.block_values import LinkValue, represent_stream
from core.content_api.representation.links import PageLink
from core.content_api.views import PlainEndpoint
from core.languages import active_language, other_front_pages
from core.page_addresses import with_own_addresses
from home.api.site_parts import read_parts, with_parts
from home.models import CrisisHelp, Navigation, PracticeSettings
from home.models.settings import FooterGroupBlock
from home.models.urgent_help import HelpLineBlock


class ContactAnswer(TypedDict):
    """How to reach the practice."""

    email: str | None
    phone: str | None
    opening_hours: str | None


class NavigationAnswer(TypedDict):
    """The links at the top and at the foot of each page. Leave out those whose page is null."""

    header: list[LinkValue]
    footer: list[Annotated[Any, ValueOf(FooterGroupBlock)]]


class CrisisHelpAnswer(TypedDict):
    """Where help is at once. Every page shows the same."""

    heading: str
    introduction: str
    help_lines: list[Annotated[Any, ValueOf(HelpLineBlock)]]
    checked_on: date | None
    """When the practice rang the numbers, once it has."""
    page: PageLink | None


class SiteLocaleAnswer(TypedDict):
    """A language of the site, and its front page."""

    locale: str
    root_url: Url


class SiteAnswer(TypedDict):
    """What each page of a front end needs beside the page."""

    name: str
    strapline: str
    locale: Annotated[str, Field(description="The language of this answer.")]
    locales: list[SiteLocaleAnswer]
    root_url: Url
    contact: ContactAnswer
    company_details: str | None
    quick_exit_url: Annotated[
        Url, Field(description="An everyday page, for a reader who must not be seen reading this site.")
    ]
    enquiry_page: PageLink | None
    navigation: NavigationAnswer
    crisis_help: CrisisHelpAnswer


def _link(page_id: int | None) -> PageLink | None:
    return PageLink(page_id) if page_id else None


class SiteAPIView(LocalizedEndpoint):
    """Who the practice is, the way around, and where help is at once."""

    operation_id = "getSite"
    parameters = (LOCALE,)
    surrogate_keys = (SETTINGS,)
    problems = frozenset({"not-found"})

    @classmethod
    def operation(cls, action: str) -> Operation:
        return replace(super().operation(action), answer=with_parts(SiteAnswer))

    @cached_property
    def front_pages(self) -> dict[str, str]:
        """The URL of each language's front page, for those that are public. The default language is first."""
        site = Site.find_for_request(self.request)
        if site is None:
            raise Http404
        others = other_front_pages(site)
        for page in others.values():
            answer_keys(self.request).add_page(page.pk)
        prefixed = {code: f"{site.root_url}/{code}/" for code in others}
        return {settings.LANGUAGE_CODE: f"{site.root_url}/"} | prefixed

    def languages(self) -> Iterable[str]:
        return self.front_pages

    def answer(self) -> SiteAnswer:
        site = Site.find_for_request(self.request)
        language = self.language()
        if active_language():
            answer_keys(self.request).add(NEWLY_PUBLIC)  # another language may begin
        practice = PracticeSettings.localized_for_site(site)
        return {
            "name": practice.practice_name,
            "strapline": practice.strapline,
            "locale": language,
            "locales": [{"locale": code, "root_url": address} for code, address in self.front_pages.items()],
            "root_url": self.front_pages[language],
            "contact": {
                "email": practice.contact_email or None,
                "phone": practice.contact_phone or None,
                "opening_hours": practice.opening_hours or None,
            },
            "company_details": practice.company_details or None,
            "quick_exit_url": practice.quick_exit_url,
            "enquiry_page": _link(practice.enquiry_page_id),
            "navigation": self._navigation(Navigation.localized_for_site(site)),
            "crisis_help": self._crisis_help(CrisisHelp.localized_for_site(site)),
            **read_parts(site),
        }

    def _navigation(self, navigation: Navigation) -> NavigationAnswer:
        return {
            "header": [block["value"] for block in represent_stream(navigation.header)],
            "footer": [block["value"] for block in represent_stream(navigation.footer)],
        }

    def _crisis_help(self, help_now: CrisisHelp) -> CrisisHelpAnswer:
        return {
            "heading": help_now.heading,
            "introduction": help_now.introduction,
            "help_lines": [block["value"] for block in represent_stream(help_now.help_lines)],
            "checked_on": help_now.checked_on,
            "page": _link(help_now.page_id),
        }


@attribute_docstrings
class PathAnswer(TypedDict):
    """A public page, and where it is."""

    id: int
    type: PageTypeLabel
    path: str
    """Give it to `pages/find/`."""
    url: Url
    locale: str
    last_modified: datetime | None


class PathsAnswer(TypedDict):
    items: list[PathAnswer]


class PathsAPIView(PlainEndpoint):
    """Every public address, with the time it was last changed.

    All at once, in the order of the editors' tree: for builds of static sites.
    """

    operation_id = "listPaths"
    surrogate_keys = (PAGES,)

    def answer(self) -> PathsAnswer:
        pages = list(pages_here(Page.objects.all(), self.request).select_related("locale").order_by("path"))
        found_at = [page.get_url_parts(self.request) for page in with_own_addresses(pages)]
        rows = zip(pages, found_at, strict=True)
        return {"items": [_path(page, parts) for page, parts in rows if parts and parts[2]]}


def _path(page: Page, parts: tuple[Any, ...]) -> PathAnswer:
    return {
        "id": page.pk,
        "type": page.specific_class._meta.label,
        "path": parts[2],
        "url": f"{parts[1]}{parts[2]}",
        "locale": page.locale.language_code,
        "last_modified": page.last_published_at,
    }
