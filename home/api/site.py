"""`site/`: what each page of a front end needs beside the page. `paths/`: every public address."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Page, Site

from home.api.blocks import represent_stream
from home.api.endpoints import PlainEndpoint
from home.api.links import PageLink, with_own_addresses
from home.api.pages import pages_here
from home.api.pending import Pending, resolve
from home.models import CrisisHelp, Navigation, PracticeSettings


def _link(page_id: int | None) -> Pending | None:
    return PageLink(page_id) if page_id else None


class SiteAPIView(PlainEndpoint):
    """Who the practice is, the way around, and where help is at once."""

    def get(self, request: Request) -> Response:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        practice = PracticeSettings.for_site(site)
        answer = {
            "name": practice.practice_name,
            "strapline": practice.strapline,
            "root_url": f"{site.root_url}/",
            "contact": {
                "email": practice.contact_email or None,
                "phone": practice.contact_phone or None,
                "opening_hours": practice.opening_hours or None,
            },
            "company_details": practice.company_details or None,
            "quick_exit_url": practice.quick_exit_url,
            "enquiry_page": _link(practice.enquiry_page_id),
            "navigation": self._navigation(Navigation.for_site(site)),
            "crisis_help": self._crisis_help(CrisisHelp.for_site(site)),
        }
        return Response(resolve(answer, request))

    def _navigation(self, navigation: Navigation) -> dict[str, Any]:
        return {
            "header": [block["value"] for block in represent_stream(navigation.header)],
            "footer": [block["value"] for block in represent_stream(navigation.footer)],
        }

    def _crisis_help(self, help_now: CrisisHelp) -> dict[str, Any]:
        return {
            "heading": help_now.heading,
            "introduction": help_now.introduction,
            "help_lines": [block["value"] for block in represent_stream(help_now.help_lines)],
            "checked_on": help_now.checked_on,
            "page": _link(help_now.page_id),
        }


class PathsAPIView(PlainEndpoint):
    """For builds of static sites: all at once, in the order of the tree."""

    def get(self, request: Request) -> Response:
        pages = with_own_addresses(list(pages_here(Page.objects.all(), request).order_by("path")))
        rows = [(page, page.get_url_parts(request)) for page in pages]
        return Response(
            {
                "items": [
                    {
                        "id": page.pk,
                        "type": page.specific_class._meta.label,
                        "path": parts[2],
                        "url": f"{parts[1]}{parts[2]}",
                        "last_modified": page.last_published_at,
                    }
                    for page, parts in rows
                    if parts and parts[2]
                ]
            }
        )
