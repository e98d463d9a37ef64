from typing import Any

from rest_framework import serializers
from rest_framework.fields import Field
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.serializers import PageSerializer as WagtailPageSerializer
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.api.fields import BlocksField, RichHtmlField
from home.api.links import PageAddress, has_own_address


class RawRelationError(TypeError):
    """A relation was named as an API field without saying how it is shown."""


class PublicSerializer(BaseSerializer):
    """Wagtail's, but a relation is never followed: each has a field of ours that says what may be shown."""

    serializer_field_mapping = BaseSerializer.serializer_field_mapping | {
        StreamField: BlocksField,
        RichTextField: RichHtmlField,
    }

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        raise RawRelationError(f"{self.Meta.model._meta.label}.{field_name} needs a serializer of its own.")

    def build_nested_field(self, field_name: str, relation_info: Any, nested_depth: int) -> Any:
        return self.build_relational_field(field_name, relation_info)


class HtmlUrlField(Field):
    """The page's own address on the site."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Any:
        if has_own_address(page):
            return PageAddress(page.pk)
        return page.get_full_url(self.context["request"])


class PageSerializer(PublicSerializer):
    type = WagtailPageSerializer._declared_fields["type"]
    locale = WagtailPageSerializer._declared_fields["locale"]
    html_url = HtmlUrlField(read_only=True)
    parent = serializers.SerializerMethodField()
    breadcrumbs = serializers.SerializerMethodField()
    children = serializers.SerializerMethodField()
    seo = serializers.SerializerMethodField()

    def get_parent(self, page: Page) -> dict[str, Any] | None:
        return self.context["surroundings"].parent

    def get_breadcrumbs(self, page: Page) -> list[dict[str, Any]]:
        return self.context["surroundings"].breadcrumbs

    def get_children(self, page: Page) -> list[dict[str, Any]]:
        return self.context["surroundings"].children

    def get_seo(self, page: Page) -> dict[str, Any]:
        return {
            "title": page.seo_title or page.title,
            "description": page.description,
            "canonical": page.get_full_url(self.context["request"]),
        }
