"""What answers and requests look like, as types: made from fields, serializers, forms and blocks."""

from typing import Annotated, Any

import pytest
from django import forms
from rest_framework import serializers
from wagtail import blocks

from core.content_api.description.json_schema import Schemas
from core.content_api.representation.block_types import block_type
from core.content_api.representation.block_values import represent
from core.content_api.representation.links import PageLink
from core.content_api.representation.serializer_types import SerializedBy, form_type


def written(shape):
    """The schema of a type, and the shapes that it names."""
    schemas = Schemas()
    schema = schemas.of(shape)
    named = schemas.components()
    return schema, named


class TimeSerializer(serializers.Serializer):
    """A time that was proposed."""

    id = serializers.UUIDField()
    starts = serializers.DateTimeField(help_text="In UTC.")


class StatusSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=["received"])
    longest = serializers.IntegerField(default=None)
    proposed = TimeSerializer(many=True)
    confirmed = TimeSerializer(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    therapist = serializers.SerializerMethodField()

    def get_therapist(self, row: Any) -> PageLink | None:
        return None


class ContactForm(forms.Form):
    name = forms.CharField()
    ways = forms.MultipleChoiceField(choices=[("phone", "By phone"), ("mail", "By mail")])
    may_call = forms.BooleanField()


def test_a_plain_serializer_is_described_by_its_fields():
    schema, named = written(Annotated[Any, SerializedBy(StatusSerializer)])
    fields = named["Status"]["properties"]

    assert schema == {"$ref": "#/components/schemas/Status"}
    assert set(named["Status"]["required"]) == set(fields)
    assert fields["outcome"] == {"const": "received", "type": "string"}
    assert fields["longest"] == {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    assert fields["proposed"] == {"items": {"$ref": "#/components/schemas/Time"}, "type": "array"}
    assert fields["confirmed"] == {"anyOf": [{"$ref": "#/components/schemas/Time"}, {"type": "null"}]}
    assert fields["reasons"] == {"items": {"type": "string"}, "type": "array"}
    assert fields["therapist"]["anyOf"][0] == {"$ref": "#/components/schemas/PageReference"}
    assert named["Time"]["description"] == "A time that was proposed."
    assert named["Time"]["properties"]["id"] == {"format": "uuid", "type": "string"}
    assert named["Time"]["properties"]["starts"]["description"] == "In UTC."


def test_a_form_is_described_by_what_may_be_sent_to_it():
    _schema, named = written(form_type("Contact", ContactForm.base_fields, {"name": "What to call you."}))
    fields = named["Contact"]["properties"]

    assert "required" not in named["Contact"]
    assert fields["name"]["description"] == "What to call you."
    assert fields["ways"]["anyOf"][0]["items"]["enum"] == ["phone", "mail"]
    assert fields["may_call"]["anyOf"][0] == {"type": "boolean"}


@pytest.mark.parametrize("block", [blocks.RawHTMLBlock(), blocks.StaticBlock(), blocks.StructBlock([])])
def test_a_block_that_nobody_described_is_refused(block):
    with pytest.raises(TypeError):
        block_type(block)


def test_nothing_is_shown_as_it_is_stored_unless_that_was_said():
    with pytest.raises(TypeError):
        represent(blocks.DecimalBlock(), "1.50")
