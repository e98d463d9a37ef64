"""The sitemap: every public page, and no other."""

from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from home.visibility import not_withheld


class PublicSitemap(Sitemap):
    def items(self) -> PageQuerySet:
        return not_withheld(super().items())
