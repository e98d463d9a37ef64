"""`PublicSetting`: settings of a site that every page shows."""

from copy import copy
from typing import Self

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from core.caching.content_memory import remembered


class PublicSetting(BaseSiteSetting):
    """Read once for all answers of an epoch."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        if site is None:
            return super().for_site(site)
        # A copy, because Wagtail notes on it the request that it is read for.
        return copy(cls._of_site(site))

    @classmethod
    @remembered
    def _of_site(cls, site: Site) -> Self:
        return super().for_site(site)
