"""The same page in the site's other languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypedDict
from uuid import UUID

from django.conf import settings
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from core.caching.surrogate_keys import NEWLY_PUBLIC, answer_keys
from core.content_api.representation.deferred import Deferred, DeferredLoader
from core.content_api.representation.fields import PublicField
from core.content_api.representation.links import PageReference, page_reference
from core.content_api.representation.page_cards import with_cards
from core.page_addresses import with_own_addresses
from core.visibility import public


class TranslationAnswer(TypedDict):
    """A version of the page in another language."""

    locale: str
    page: PageReference


@dataclass(frozen=True)
class Translations(Deferred[list[TranslationAnswer]]):
    """The public versions of a page in other languages."""

    pk: int
    translation_key: UUID

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, list[TranslationAnswer]]:
        answer_keys(loader.request).add(NEWLY_PUBLIC)  # there may be more of them tomorrow
        found = Page.objects.filter(
            translation_key__in={wanted.translation_key for wanted in deferred},
            locale__language_code__in=get_content_languages(),
        )
        shown = with_cards(public(found, are_few=True))
        versions = list(shown.select_related("locale").order_by("locale__language_code"))
        known: dict[UUID, list[TranslationAnswer]] = {}
        for version, found_at in zip(versions, with_own_addresses(versions), strict=True):
            if reference := page_reference(found_at, loader.request):
                told: TranslationAnswer = {"locale": version.locale.language_code, "page": reference}
                known.setdefault(version.translation_key, []).append(told)
        return {
            wanted: [
                told for told in known.get(wanted.translation_key, []) if told["page"]["id"] != wanted.pk
            ]
            for wanted in deferred
        }


class TranslationsField(PublicField):
    """The public versions of the page in the site's other languages."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Translations | list[TranslationAnswer]:
        # A site with one language has none: no query is needed.
        return Translations(page.pk, page.translation_key) if settings.WAGTAIL_I18N_ENABLED else []
