"""Holds answers to the description of the API: also to having nothing that it does not name."""

import copy
import json
import re
from typing import Any

from jsonschema_rs import Draft202012Validator

from core.content_api.description.openapi import document

START = "/api/v2"


def closed(schema: Any) -> Any:
    """The same, but whatever is not described is wrong. Clients may meet new fields; our tests may not."""
    match schema:
        case dict():
            inner = {key: closed(value) for key, value in schema.items()}
            if "properties" in inner and isinstance(inner["properties"], dict) and "type" in inner:
                inner.setdefault("additionalProperties", False)
            return inner
        case list():
            return [closed(value) for value in schema]
    return schema


class Contract:
    """With `fewer_fields`, rows may lack what they usually have: `fields` can take it away."""

    def __init__(self, *, fewer_fields: bool = False) -> None:
        self.document = copy.deepcopy(document())
        self.validators: dict[str, Draft202012Validator] = {}
        self.components = closed(self.document["components"])
        if fewer_fields:
            for name, schema in self.components["schemas"].items():
                if name.endswith("RowMeta"):
                    schema["required"] = []
                elif name.endswith("Row") and "meta" in schema.get("required", ()):
                    schema["required"] = ["id", "type", "meta"]

    def template(self, path: str) -> str:
        """The path as the description writes it."""
        fitting = [template for template in self.document["paths"] if _fits(path, template)]
        assert fitting, f"{path} is not described"
        return min(fitting, key=lambda template: "{" in template)

    def operation(self, path: str, method: str = "get") -> dict[str, Any]:
        return self.document["paths"][self.template(path)][method]

    def faults(self, address: str, response: Any, method: str = "get") -> list[str]:
        """What the description does not say of this answer."""
        path = address.partition("?")[0].removeprefix(START)
        operation = self.operation(path, method)
        described = operation["responses"].get(str(response.status_code))
        if described is None:
            return [f"{method} {address}: {response.status_code} is not described"]
        if "content" not in described:
            return [f"{method} {address}: there is a body"] if response.content else []
        media_type = response["Content-Type"].partition(";")[0]
        if media_type not in described["content"]:
            return [f"{method} {address}: {media_type} is not described"]
        missing = [name for name in described.get("headers", {}) if name not in response]
        if missing:
            return [f"{method} {address}: the headers {missing} are missing"]
        fault = self.fault(described["content"][media_type]["schema"], response.json())
        return [f"{method} {address}: {fault}"] if fault else []

    def fault(self, schema: dict[str, Any], value: Any) -> str:
        name = json.dumps(schema, sort_keys=True)
        if name not in self.validators:
            root = closed(schema) | {"components": self.components}
            self.validators[name] = Draft202012Validator(root, validate_formats=True)
        for error in self.validators[name].iter_errors(value):
            return f"{error.instance_path}: {error.message[:400]}"
        return ""


def _fits(path: str, template: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path))
