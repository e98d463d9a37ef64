"""Fields for `api_fields` and serializers: for whatever is not a plain value, one of these is needed."""

from typing import Any, ClassVar

from django.db.models import Choices
from rest_framework import serializers
from rest_framework.fields import Field
from wagtail.blocks import StreamValue

from core.caching.surrogate_keys import FACTS, answer_keys
from core.choice_labels import labels_of
from core.content_api.representation.answer_types import (
    ChoiceAnswer,
    choice,
    choice_type,
    list_type,
    return_type,
)
from core.content_api.representation.block_values import BlockAnswer, block_type, represent_stream
from core.content_api.representation.links import NestedPageLink, PageLink
from core.content_api.representation.pictures import Picture
from core.content_api.representation.rich_text import RichHtml


class PublicField(Field):
    """The base of our fields. The return annotation of its `to_representation` describes the field."""

    #: The field of the page that editors change it in, where that is not its source.
    edited_in: ClassVar[str] = ""

    def answer_type(self, model: Any) -> Any:
        """Return the type of the field on this model. Override it where that depends on the model."""
        return return_type(self.to_representation)


class DeferredField(PublicField):
    """Reads only the id of a relation. What it points at is read later, with all others."""

    def get_attribute(self, instance: Any) -> Any:
        return getattr(instance, f"{self.source}_id")


class PageLinkField(DeferredField):
    def to_representation(self, value: int) -> PageLink:
        return PageLink(value)


class NestedPageField(DeferredField):
    def to_representation(self, value: int) -> NestedPageLink:
        return NestedPageLink(value)


class PictureField(DeferredField):
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
        answer_keys(self.context["request"]).add(FACTS)
        return super().to_representation(instance)


class RichHtmlField(PublicField):
    def to_representation(self, value: str) -> RichHtml:
        return RichHtml(value)


class BlocksField(PublicField):
    def to_representation(self, value: StreamValue) -> list[BlockAnswer]:
        return represent_stream(value)

    def answer_type(self, model: Any) -> Any:
        return block_type(model._meta.get_field(str(self.source)).stream_block)


class ChoiceField(PublicField):
    """One of `choices`. None where nothing is chosen."""

    def __init__(self, choices: type[Choices], **options: Any) -> None:
        self.choices = choices
        super().__init__(**options)

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, instance: Any) -> ChoiceAnswer[Any] | None:
        name = str(self.source)
        return None if getattr(instance, name) in (None, "") else choice(instance, name)

    def answer_type(self, model: Any) -> Any:
        chosen = choice_type(self.choices)
        return chosen | None if model._meta.get_field(str(self.source)).blank else chosen


class ChoicesField(PublicField):
    """Several of `choices`, for an array of them."""

    def __init__(self, choices: type[Choices], **options: Any) -> None:
        self.choices = choices
        super().__init__(**options)

    def to_representation(self, value: list[str]) -> list[ChoiceAnswer[Any]]:
        labels = labels_of(self.choices)
        return [{"key": key, "label": labels.get(key, key)} for key in value]

    def answer_type(self, model: Any) -> Any:
        return list_type(choice_type(self.choices))
