"""Resolves links that editors chose, many at once, with one query for which of their pages are public."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page, Site

from core.blocks import LinkStructValue
from core.languages import versions_in
from core.visibility import public_ids


@dataclass(frozen=True)
class Link:
    url: str
    text: str
    is_current: bool = False


class LinkResolver:
    """Looks up, for all the given links at once, which pages are public, and their translations."""

    def __init__(
        self, links: Iterable[LinkStructValue], language: str | None, site: Site | None = None
    ) -> None:
        """Take the language as `active_language()` has it. Links to pages of other sites are absolute."""
        self._site = site
        pages = {link["page"].pk: link["page"] for link in links if link.get("page")}
        shown: dict[int, Page] = {pk: pages[pk] for pk in public_ids(pages)}
        self._shown = shown | versions_in(language, shown.values())

    def resolve(self, links: Iterable[LinkStructValue]) -> list[Link]:
        """Return the links, without those to pages that are not public."""
        resolved = (self._resolve(link) for link in links)
        return [link for link in resolved if link.url]

    def _resolve(self, link: LinkStructValue) -> Link:
        page = link.get("page")
        if not page:
            return Link(url=link.get("address") or "", text=link.text)
        shown = self._shown.get(page.pk)
        url = (shown.get_url(current_site=self._site) or "") if shown else ""
        return Link(url=url, text=link["label"] or shown.title if shown else "")
