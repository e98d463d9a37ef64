"""The front ends that show drafts, from the setting HEADLESS_PREVIEW_URLS."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class FrontEnd:
    #: The host name of the site whose pages it shows. Empty: those of any site.
    host: str
    url: str

    @classmethod
    def from_setting(cls, entry: str) -> Self:
        """Parse `<address>` or `<host name>=<address>`."""
        host, equals, url = entry.partition("=")
        return cls(host, url) if equals and "://" not in host else cls("", entry)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_valid(self) -> bool:
        parts = urlsplit(self.url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def address(self, parameters: Mapping[str, str]) -> str:
        """Return the address with the parameters. After a `#` they stay in the browser, out of logs."""
        joint = "" if self.url.endswith(("#", "?")) else "&" if "?" in self.url else "?"
        return f"{self.url}{joint}{urlencode(parameters)}"


def front_ends() -> list[FrontEnd]:
    return [FrontEnd.from_setting(entry) for entry in settings.HEADLESS_PREVIEW_URLS]


def origins() -> frozenset[str]:
    return frozenset(front_end.origin for front_end in front_ends())


def front_end_of(page: Page) -> FrontEnd | None:
    """Return the front end of the page's site, or else that of any site; a page may not have a path yet."""
    by_host = {front_end.host: front_end for front_end in front_ends()}
    if not (by_host and page.url_path):
        return next(iter(by_host.values()), None)
    parts = page.get_url_parts()
    host = urlsplit(parts[1] or "").hostname if parts else None
    return by_host.get(host or "", by_host.get(""))
