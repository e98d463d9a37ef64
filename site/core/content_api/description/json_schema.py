"""Python types as JSON Schema. Each named type is written once, among the components."""

import re
from typing import Any

from django.db.models import Choices
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

REFERENCE = "#/components/schemas/{model}"
#: Where the labels of choices are kept until pydantic has set the description from the docstring.
LABELS = "labels"


class SchemaWriter(GenerateJsonSchema):
    """Pydantic's, with names that a reader of the description would choose."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave titles out: each would only repeat the name of its field."""
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
    """Collects the types of a description, and writes them together, so that they share their components."""

    def __init__(self) -> None:
        self._asked: list[tuple[Any, dict[str, Any]]] = []

    def of(self, annotation: Any) -> dict[str, Any]:
        """Return the schema of a type. It is empty until `components` is called."""
        schema: dict[str, Any] = {}
        self._asked.append((annotation, schema))
        return schema

    def components(self) -> dict[str, Any]:
        """Fill in all schemas, and return those of the named types."""
        adapters: list[Any] = [
            (number, "serialization", TypeAdapter(annotation))
            for number, (annotation, _schema) in enumerate(self._asked)
        ]
        written, shared = TypeAdapter.json_schemas(
            adapters, ref_template=REFERENCE, schema_generator=SchemaWriter
        )
        for (number, _mode), schema in written.items():
            self._asked[number][1].update(schema)
        named = shared.get("$defs", {})
        for schema in named.values():
            schema.pop("title", None)
            description = [schema.get("description", ""), schema.pop(LABELS, "")]
            if any(description):
                schema["description"] = " ".join(filter(None, description))
        return dict(sorted(named.items()))
