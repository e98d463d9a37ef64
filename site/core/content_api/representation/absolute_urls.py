"""Absolute URLs in answers."""

from urllib.parse import urljoin

from django.http import HttpRequest
from rest_framework.request import Request
from wagtail.api.utils import get_full_url
from wagtail.models import Site


def absolute(address: str, request: Request | HttpRequest) -> str:
    """Return the absolute URL on the API's own host: for endpoints and files."""
    return urljoin(get_full_url(request, "/"), address)


def on_site(address: str, request: Request) -> str:
    """Return the absolute URL on the site's host, which another front end may serve."""
    site = Site.find_for_request(request)
    return urljoin(f"{site.root_url}/", address) if site else absolute(address, request)
