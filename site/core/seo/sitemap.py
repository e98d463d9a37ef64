"""The sitemap: every public page, and no other, with its pictures."""

from typing import Any

from wagtail.contrib.sitemaps import Sitemap
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.languages import pages_of
from core.visibility import each_once, in_public_collections, public


class PublicSitemap(Sitemap):
    def items(self) -> PageQuerySet:
        """Return the public pages with their bodies, for the pictures; Wagtail's sitemap defers them."""
        pages = pages_of(self.get_wagtail_site(), each_once(public(Page.objects.all())))
        return pages.order_by("path").specific()

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Add the URLs of the pictures whose renditions exist: a sitemap makes none."""
        entries = super().get_urls(page, site, protocol)
        made = self._addresses({picture for entry in entries for picture in entry.get("pictures", [])})
        for entry in entries:
            entry["pictures"] = [made[picture] for picture in entry.get("pictures", []) if picture in made]
        return entries

    def _addresses(self, pictures: set[tuple[int, str]]) -> dict[tuple[int, str], str]:
        images = in_public_collections(get_image_model().objects.filter(pk__in={pk for pk, _ in pictures}))
        renditions = (
            get_image_model()
            .get_rendition_model()
            .objects.filter(image__in=images, filter_spec__in={size for _, size in pictures})
        )
        root = self.get_wagtail_site().root_url
        return {
            (rendition.image_id, rendition.filter_spec): _absolute(rendition.url, root)
            for rendition in renditions
        }


def _absolute(url: str, root: str) -> str:
    return f"{root}{url}" if url.startswith("/") else url
