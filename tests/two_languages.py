"""A site in English at `/` and in Welsh at `/cy/`, where almost every other test has one language."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.test import override_settings
from django.urls import clear_url_caches
from wagtail.models import Locale, Page, Site

import config.urls
from home.models import HomePage, InfoPage
from tests.factories.home import InfoPageFactory, make_site

ENGLISH, WELSH = ("en-gb", "English"), ("cy", "Welsh")


@dataclass(frozen=True)
class TwoLanguages:
    welsh: Locale
    home: HomePage
    cartref: HomePage
    fees: InfoPage
    ffioedd: InfoPage

    def in_welsh(self, page: Page, **fields: Any) -> Any:
        return in_language(self.welsh, page, **fields)


def in_language(locale: Locale, page: Page, **fields: Any) -> Any:
    """The page's published translation."""
    version = page.copy_for_translation(locale, copy_parents=True)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision().publish()
    return type(page).objects.get(pk=version.pk)


def make_two_languages(welsh: Locale) -> TwoLanguages:
    home = make_site()
    cartref = in_language(welsh, home, title="Cartref", heading="Rhywun i siarad")
    fees = InfoPageFactory(parent=home, title="Fees", slug="fees")
    ffioedd = in_language(welsh, fees, title="Ffioedd", slug="ffioedd")
    return TwoLanguages(welsh, home, cartref, fees, ffioedd)


@contextmanager
def speaking(*others: tuple[str, str]) -> Iterator[None]:
    """Speak English, and other languages as well.

    The addresses depend on the setting, so they are read anew. Django does so once, when it starts.
    """
    languages = [ENGLISH, *others]
    two = {"LANGUAGES": languages, "WAGTAIL_CONTENT_LANGUAGES": languages, "WAGTAIL_I18N_ENABLED": True}
    with override_settings(**two):
        _read_addresses_anew()
        yield
    _read_addresses_anew()


def _read_addresses_anew() -> None:
    importlib.reload(config.urls)
    clear_url_caches()
    Site.clear_site_root_paths_cache()
