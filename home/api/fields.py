"""The only ways in which a page's `api_fields` may give out something that is not a plain value.

Wagtail reads the annotations of `to_representation` for a schema of its own, so what is pending is `Any`.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.fields import Field
from wagtail.blocks import StreamValue

from home.api.blocks import represent_stream
from home.api.links import PageLink
from home.api.pictures import Picture
from home.api.rich_text import RichHtml


class PendingField(Field):
    """Reads only the id of a relation: what it points at is read later, with all others."""

    def get_attribute(self, instance: Any) -> Any:
        return getattr(instance, f"{self.source}_id")


class PageLinkField(PendingField):
    def to_representation(self, value: int) -> Any:
        return PageLink(value)


class PictureField(PendingField):
    def __init__(self, *roles: str, **options: Any) -> None:
        self.roles = roles
        super().__init__(**options)

    def to_representation(self, value: int) -> Any:
        return Picture(value, self.roles)


class ReviewerSerializer(serializers.Serializer):
    """Who answers for a page's words, as a reader sees them."""

    name = serializers.CharField()
    credentials = serializers.CharField()


class RichHtmlField(Field):
    def to_representation(self, value: str) -> Any:
        return RichHtml(value)


class BlocksField(Field):
    def to_representation(self, value: StreamValue) -> list[dict[str, Any]]:
        return represent_stream(value)


class ChoiceField(Field):
    """`{key, label}`: the key to filter by, and the words to show. None where nothing is chosen."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, instance: Any) -> dict[str, str] | None:
        key = getattr(instance, str(self.source))
        if key in (None, ""):
            return None
        return {"key": key, "label": str(getattr(instance, f"get_{self.source}_display")())}


class ChoicesField(Field):
    """A list of `{key, label}`, for an array of choices."""

    def __init__(self, choices: list[tuple[str, Any]], **options: Any) -> None:
        self.labels = dict(choices)
        super().__init__(**options)

    def to_representation(self, value: list[str]) -> list[dict[str, str]]:
        return [{"key": key, "label": str(self.labels.get(key, key))} for key in value]
