"""Python types as JSON Schema, each named shape once."""

import re
from typing import Any

from django.db.models import Choices
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

REFERENCE = "#/components/schemas/{model}"
#: Where the words of choices are kept until pydantic has set the description from the docstring.
LABELS = "labels"


class SchemaWriter(GenerateJsonSchema):
    """As pydantic writes it, with names that a reader of the description would choose."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title would only say a field's name again."""
        return False

    def normalize_name(self, name: str) -> str:
        """`FactAnswer` is called `Fact`, and `Listing[Fact]` is called `FactListing`."""
        outer, _bracket, inner = name.removesuffix("]").partition("[")
        return re.sub(r"\W", "_", inner.removesuffix("Answer") + outer.removesuffix("Answer"))

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        written = super().enum_schema(schema)
        if issubclass(schema["cls"], Choices):
            written[LABELS] = "; ".join(f"`{key}`: {label}" for key, label in schema["cls"].choices)
        return written


class Schemas:
    """Collects the types that a description speaks of, and writes them at once: they share what they name."""

    def __init__(self) -> None:
        self._asked: list[tuple[Any, dict[str, Any]]] = []

    def of(self, shape: Any) -> dict[str, Any]:
        """Empty until `components` has been asked for."""
        schema: dict[str, Any] = {}
        self._asked.append((shape, schema))
        return schema

    def components(self) -> dict[str, Any]:
        shapes = enumerate(shape for shape, _schema in self._asked)
        adapters: list[Any] = [(number, "serialization", TypeAdapter(shape)) for number, shape in shapes]
        written, shared = TypeAdapter.json_schemas(
            adapters, ref_template=REFERENCE, schema_generator=SchemaWriter
        )
        for (number, _mode), schema in written.items():
            self._asked[number][1].update(schema)
        named = shared.get("$defs", {})
        for schema in named.values():
            schema.pop("title", None)
            words = [schema.get("description", ""), schema.pop(LABELS, "")]
            if any(words):
                schema["description"] = " ".join(filter(None, words))
        return dict(sorted(named.items()))
