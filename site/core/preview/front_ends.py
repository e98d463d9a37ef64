"""Where drafts are shown beside the site itself: the front ends that `HEADLESS_PREVIEW_URLS` names."""

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
        """Read `<address>` or `<host name>=<address>`."""
        host, equals, url = entry.partition("=")
        return cls(host, url) if equals and "://" not in host else cls("", entry)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_sound(self) -> bool:
        parts = urlsplit(self.url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def address(self, parameters: Mapping[str, str]) -> str:
        """What comes after a `#` stays in the browser: no server and no log sees it."""
        joint = "" if self.url.endswith(("#", "?")) else "&" if "?" in self.url else "?"
        return f"{self.url}{joint}{urlencode(parameters)}"


def front_ends() -> list[FrontEnd]:
    return [FrontEnd.from_setting(entry) for entry in settings.HEADLESS_PREVIEW_URLS]


def origins() -> frozenset[str]:
    return frozenset(front_end.origin for front_end in front_ends())


def front_end_of(page: Page) -> FrontEnd | None:
    """The one of the page's own site, or else the one of any site. A page may have no place yet."""
    by_host = {front_end.host: front_end for front_end in front_ends()}
    if not (by_host and page.url_path):
        return next(iter(by_host.values()), None)
    parts = page.get_url_parts()
    host = urlsplit(parts[1] or "").hostname if parts else None
    return by_host.get(host or "", by_host.get(""))
