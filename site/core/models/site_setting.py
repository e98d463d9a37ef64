"""`PublicSetting`: settings of a site that every page shows."""

from copy import copy
from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from core.caching.content_memory import remembered
from core.languages import is_another_language
from core.models.record_translation import words_in_active_language


class PublicSetting(BaseSiteSetting):
    """Read once for all answers of an epoch.

    `for_site` gives the record as it is stored, in the site's main language; `localized_for_site` gives what
    a reader of the active language is shown. Templates read the latter, through Wagtail's `settings`.
    """

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        if site is None:
            return super().for_site(site)
        # A copy, because Wagtail notes on it the request that it is read for.
        return copy(cls._of_site(site))

    @classmethod
    def localized_for_site(cls, site: Site | None) -> Self:
        """Return the setting in the active language. It is for reading only."""
        setting = cls.for_site(site)
        words = cls._words_of_site(site) if site and is_another_language() else {}
        for name, value in words.items():
            setattr(setting, name, value)
        setting._is_for_reading = bool(words)
        return setting

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        name = f"{cls.get_cache_attr_name()}.{translation.get_language()}"
        if not hasattr(request, name):
            setting = cls.localized_for_site(Site.find_for_request(request))
            setting._request = request
            setattr(request, name, setting)
        return getattr(request, name)

    @classmethod
    @remembered
    def _of_site(cls, site: Site) -> Self:
        # The defaults of a record that is made now are words: those of the main language.
        with translation.override(settings.LANGUAGE_CODE):
            return super().for_site(site)

    @classmethod
    @remembered
    def _words_of_site(cls, site: Site) -> dict[str, Any]:
        setting: Any = cls._of_site(site)
        return words_in_active_language(setting.translations.all()).get(setting.pk, {})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if getattr(self, "_is_for_reading", False):
            raise TypeError("This setting holds the words of one language: store what `for_site` returns.")
        super().save(*args, **kwargs)
