from collections.abc import KeysView, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from rest_framework.fields import Field, SkipField
from rest_framework.serializers import SerializerMethodField
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.serializers import DetailUrlField as WagtailDetailUrlField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from core.caching.surrogate_keys import FACTS, PAGES, SETTINGS, SurrogateKeys, answer_keys, keys_of_part
from core.content_api.representation.answer_types import PageTypeLabel, Url
from core.content_api.representation.fields import BlocksField, NestedPageField, PublicField, RichHtmlField
from core.content_api.representation.links import (
    NestedPage,
    PageAddress,
    PageReference,
    nested_page,
)
from core.content_api.representation.translations import TranslationsField
from core.content_api.seo_answers import SeoAnswer, seo_answer
from core.models import BasePage
from core.page_addresses import has_own_address

#: Of how many choices of fields the serializers are kept. Anyone may choose.
MOST_SERIALIZERS = 200


class FieldAnswer(NamedTuple):
    """What a field says of a record, and the surrogate keys of what it shows."""

    value: Any
    keys: SurrogateKeys


class RawRelationError(TypeError):
    """A relation is an API field without a serializer of its own."""


class TypeField(PublicField):
    """The type again, where Wagtail's own front ends look for it."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, instance: Any) -> str:
        return type(instance)._meta.label


class DetailUrlField(WagtailDetailUrlField, PublicField):
    """Where this record is found in the API."""

    def to_representation(self, url: str) -> Url:
        return url


class PublicSerializer(BaseSerializer):
    """Wagtail's, but relations are never followed: each needs a field of ours, which shows what is public."""

    serializer_field_mapping = BaseSerializer.serializer_field_mapping | {
        StreamField: BlocksField,
        RichTextField: RichHtmlField,
    }
    #: Descriptions of fields of Wagtail, whose help texts are for editors.
    descriptions: ClassVar[Mapping[str, str]] = {}
    type = TypeField(read_only=True)
    detail_url = DetailUrlField(read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return self.assembled(instance, self.field_answers(instance))

    @classmethod
    def names(cls) -> KeysView[str]:
        return cls._unbound_fields().keys()

    def field_answers(self, instance: Any) -> dict[str, FieldAnswer | None]:
        """Return what each field says, or None where the record has nothing of the kind."""
        return {name: self._field_answer(field, instance) for name, field in self.fields.items()}

    def _field_answer(self, field: Field, instance: Any) -> FieldAnswer | None:
        with keys_of_part(self.context["request"]) as keys:
            try:
                value = field.get_attribute(instance)
            except SkipField:
                return None
            return FieldAnswer(None if value is None else field.to_representation(value), keys)

    def assembled(self, instance: Any, said: Mapping[str, FieldAnswer | None]) -> dict[str, Any]:
        """Return the answer about a record, made of what the fields said of it.

        Include `id` and `type` whatever `fields` says: clients tell types apart by them.
        """
        keys = answer_keys(self.context["request"])
        self.context["view"].name_record(keys, instance.pk)
        label = self._declared_fields["type"].to_representation(instance)
        answer: dict[str, Any] = {"id": instance.pk, "type": label, "meta": {}}
        for name in self.names():
            if told := said[name]:
                keys.add_all(told.keys)
                (answer["meta"] if name in self.meta_fields else answer)[name] = told.value
        return answer

    def get_fields(self) -> dict[str, Field]:
        """Return copies of the fields of this class: to build them takes as long as to fill in many rows."""
        return {name: copy(field) for name, field in self._unbound_fields().items()}

    @classmethod
    @lru_cache(maxsize=MOST_SERIALIZERS)
    def _unbound_fields(cls) -> dict[str, Field]:
        return super(PublicSerializer, cls()).get_fields()

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        raise RawRelationError(f"{self.Meta.model._meta.label}.{field_name} needs a serializer of its own.")

    def build_nested_field(self, field_name: str, relation_info: Any, nested_depth: int) -> Any:
        return self.build_relational_field(field_name, relation_info)


class PageTypeField(TypeField):
    def to_representation(self, page: Page) -> PageTypeLabel:
        return page.specific_class._meta.label


class LocaleField(PublicField):
    """The language of the page."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, page: Page) -> str:
        return page.locale.language_code


class HtmlUrlField(PublicField):
    """The page's own address on the site."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> PageAddress | Url:
        if has_own_address(page) and type(page) is not page.specific_class:
            return PageAddress(page.pk)
        return page.get_full_url(self.context["request"])


class PageSerializer(PublicSerializer):
    descriptions = {
        "title": "",
        "slug": "The last part of its address.",
        "show_in_menus": "Whether editors want it in menus.",
        "seo_title": "What search engines are told, where it is not the title. `seo` says what to use.",
        "search_description": "The same in place of the summary.",
        "last_published_at": "The time of the last change.",
        "alias_of": "The page that this one repeats word for word, if that is public.",
    }
    type = PageTypeField(read_only=True)
    locale = LocaleField(read_only=True)
    html_url = HtmlUrlField(read_only=True)
    translations = TranslationsField(read_only=True)
    alias_of = NestedPageField(read_only=True)
    parent = SerializerMethodField(help_text="The page above, if it is public.")
    breadcrumbs = SerializerMethodField(help_text="The public pages above, from the front page down.")
    children = SerializerMethodField(help_text="The public pages just below, in the editors' order.")
    seo = SerializerMethodField()

    def assembled(self, instance: Any, said: Mapping[str, FieldAnswer | None]) -> dict[str, Any]:
        request = self.context["request"]
        if "seo" in self.names() and "fields" in request.GET:  # what it is made of may not be in the answer
            answer_keys(request).add(FACTS, PAGES)
        return super().assembled(instance, said)

    def get_parent(self, page: Page) -> NestedPage | None:
        parent = self.context["hierarchies"].of(page).parent
        return nested_page(parent, self.context["request"]) if parent else None

    def get_breadcrumbs(self, page: Page) -> list[PageReference]:
        return self.context["hierarchies"].of(page).breadcrumbs

    def get_children(self, page: Page) -> list[PageReference]:
        return self.context["hierarchies"].of(page).children

    def get_seo(self, page: BasePage) -> SeoAnswer:
        request = self.context["request"]
        answer_keys(request).add(SETTINGS)
        self.context["hierarchies"].of(page)  # its structured data names the pages above
        return seo_answer(page, request)
