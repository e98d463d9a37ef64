"""The only ways in which a page's `api_fields` may give out something that is not a plain value."""

from typing import Any

from django.db.models import Choices
from rest_framework import serializers
from rest_framework.fields import Field
from wagtail.blocks import StreamValue

from core.caching.surrogate_keys import FACTS, shown_by
from core.content_api.blocks import BlockAnswer, represent_stream, shape_of
from core.content_api.pictures import Picture
from core.content_api.references import PageLink
from core.content_api.rich_text import RichHtml
from core.content_api.shapes import Choice, choice, choice_of, list_of, returned


class PublicField(Field):
    """The base of every field of ours. Its `to_representation` says what it answers with."""

    def shape(self, model: Any) -> Any:
        """What the field answers on this model: its return annotation, unless that depends on the model."""
        return returned(self.to_representation)


class PendingField(PublicField):
    """Reads only the id of a relation: what it points at is read later, with all others."""

    def get_attribute(self, instance: Any) -> Any:
        return getattr(instance, f"{self.source}_id")


class PageLinkField(PendingField):
    def to_representation(self, value: int) -> PageLink:
        return PageLink(value)


class PictureField(PendingField):
    def __init__(self, *roles: str, **options: Any) -> None:
        self.roles = roles
        super().__init__(**options)

    def to_representation(self, value: int) -> Picture:
        return Picture(value, self.roles)


class ReviewerSerializer(serializers.Serializer):
    """Who answers for a page's words, as a reader sees them."""

    name = serializers.CharField()
    credentials = serializers.CharField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown_by(self.context["request"]).add(FACTS)
        return super().to_representation(instance)


class RichHtmlField(PublicField):
    def to_representation(self, value: str) -> RichHtml:
        return RichHtml(value)


class BlocksField(PublicField):
    def to_representation(self, value: StreamValue) -> list[BlockAnswer]:
        return represent_stream(value)

    def shape(self, model: Any) -> Any:
        return shape_of(model._meta.get_field(str(self.source)).stream_block)


class ChoiceField(PublicField):
    """One of `choices`. None where nothing is chosen."""

    def __init__(self, choices: type[Choices], **options: Any) -> None:
        self.choices = choices
        super().__init__(**options)

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, instance: Any) -> Choice[Any] | None:
        name = str(self.source)
        return None if getattr(instance, name) in (None, "") else choice(instance, name)

    def shape(self, model: Any) -> Any:
        chosen = choice_of(self.choices)
        return chosen | None if model._meta.get_field(str(self.source)).blank else chosen


class ChoicesField(PublicField):
    """Several of `choices`, for an array of them."""

    def __init__(self, choices: type[Choices], **options: Any) -> None:
        self.choices = choices
        self.labels = dict(choices.choices)
        super().__init__(**options)

    def to_representation(self, value: list[str]) -> list[Choice[Any]]:
        return [{"key": key, "label": str(self.labels.get(key, key))} for key in value]

    def shape(self, model: Any) -> Any:
        return list_of(choice_of(self.choices))
