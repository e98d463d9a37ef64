"""Resolves links that editors chose, many at once, with one query for which of their pages are public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from core.blocks import LinkStructValue
from core.languages import active_language, versions_in
from core.visibility import public


@dataclass(frozen=True)
class Link:
    url: str
    text: str
    is_current: bool = False


class LinkResolver:
    """Looks up, for all the given links at once, which pages are public, and their translations."""

    def __init__(self, links: Iterable[LinkStructValue], request: HttpRequest | None = None) -> None:
        self.request = request
        pages = {link["page"].pk: link["page"] for link in links if link.get("page")}
        readable = public(Page.objects.filter(pk__in=pages)).values_list("pk", flat=True)
        shown = {pk: pages[pk] for pk in readable} if pages else {}
        self._shown = shown | versions_in(active_language(), shown.values())

    def resolve(self, links: Iterable[LinkStructValue]) -> list[Link]:
        """Return the links, without those to pages that are not public."""
        resolved = (self._resolve(link) for link in links)
        return [link for link in resolved if link.url]

    def _resolve(self, link: LinkStructValue) -> Link:
        page = link.get("page")
        if not page:
            return Link(url=link.get("address") or "", text=link.text)
        shown = self._shown.get(page.pk)
        url = (shown.get_url(self.request) or "") if shown else ""
        text = link["label"] or shown.title if shown else ""
        return Link(url=url, text=text, is_current=self._is_current(url))

    def _is_current(self, url: str) -> bool:
        """Return whether the request is for that page or one below it."""
        return url not in ("", "/") and self.request is not None and self.request.path.startswith(url)
