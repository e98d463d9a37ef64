"""The OpenAPI document as what its pages show: plain values, with each schema in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

#: A choice among more than this many is folded away.
MANY = 12
FORMATS = {"date": "date", "date-time": "date and time", "uri": "address", "text/html": "HTML"}


@dataclass(frozen=True)
class Word:
    """A piece of what is said of a schema: plain, as code, or the name of another shape."""

    text: str
    is_code: bool = False
    is_shape: bool = False


def spoken(text: str) -> list[Word]:
    """What stands between backticks is code."""
    return [Word(part, is_code=bool(number % 2)) for number, part in enumerate(text.split("`")) if part]


@dataclass(frozen=True)
class Member:
    """A parameter, or a property of a shape."""

    name: str
    kind: Sequence[Word]
    choices: Sequence[str]
    words: Sequence[Word]
    is_required: bool

    @property
    def folds_choices(self) -> bool:
        return len(self.choices) > MANY


@dataclass(frozen=True)
class ShownAnswer:
    status: str
    phrase: str
    words: str
    kind: Sequence[Word]


@dataclass(frozen=True)
class ShownOperation:
    key: str
    tag: str
    method: str
    path: str
    summary: str
    words: Sequence[Word]
    #: The same with examples in it, to be opened. None where something must be sent or known.
    sample: str | None
    #: What must be sent to be let in. Empty where everyone is.
    opened_by: Sequence[Word]
    parameters: Sequence[Member]
    body: Sequence[Word]
    body_example: str
    answers: Sequence[ShownAnswer]


@dataclass(frozen=True)
class ShownShape:
    name: str
    words: Sequence[Word]
    kind: Sequence[Word]
    members: Sequence[Member]
    choices: Sequence[str]
    used_in: Sequence[str]


def operations(document: Mapping[str, Any]) -> list[ShownOperation]:
    schemes = document["components"]["securitySchemes"]
    return [
        _operation(path, method, told, schemes)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    ]


def shape(document: Mapping[str, Any], name: str) -> ShownShape:
    schemas = document["components"]["schemas"]
    schema = schemas[name]
    has_members = "properties" in schema
    return ShownShape(
        name=name,
        words=spoken(schema.get("description", "")),
        kind=[] if has_members or "enum" in schema else list(in_words(schema)),
        members=_members(schema),
        choices=[str(key) for key in schema.get("enum", [])],
        used_in=sorted(other for other, its in schemas.items() if name in _named_in(its)),
    )


def _operation(path: str, method: str, told: Mapping[str, Any], schemes: Mapping[str, Any]) -> ShownOperation:
    needed = [schemes[key]["description"] for either in told.get("security", []) for key in either]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return ShownOperation(
        key=told["operationId"],
        tag=told["tags"][0],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        words=spoken(told.get("description", "")),
        sample=_sample(path, told) if method == "get" and not needed else None,
        opened_by=spoken(" ".join(needed)),
        parameters=[_parameter(parameter) for parameter in told["parameters"]],
        body=list(in_words(body["schema"])) if body else [],
        body_example=json.dumps(body["example"], indent=2) if body else "",
        answers=[_answer(status, answer) for status, answer in told["responses"].items()],
    )


def _answer(status: str, answer: Mapping[str, Any]) -> ShownAnswer:
    [content] = answer.get("content", {"": {}}).values()
    return ShownAnswer(
        status=status,
        phrase=HTTPStatus(int(status)).phrase,
        words=answer["description"],
        kind=list(in_words(content["schema"])) if content else [],
    )


def _sample(path: str, told: Mapping[str, Any]) -> str | None:
    query = {}
    for parameter in told["parameters"]:
        examples = [example["value"] for example in parameter.get("examples", {}).values()]
        if parameter["required"] and not examples:
            return None
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(examples[0]))
        elif parameter["required"] or parameter["name"] in ("html_path", "query"):
            query[parameter["name"]] = examples[0]
    return f"{path}?{urlencode(query)}" if query else path


def _parameter(parameter: Mapping[str, Any]) -> Member:
    schema = parameter["schema"]
    notes = [parameter.get("description", ""), *_bounds(schema)]
    if parameter["in"] == "header":
        notes.append("A header.")
    words = " ".join(note if note.endswith(".") else f"{note}." for note in notes if note)
    return _member(parameter["name"], schema | {"description": words}, is_required=parameter["required"])


def _members(schema: Mapping[str, Any]) -> list[Member]:
    required = schema.get("required", [])
    properties = schema.get("properties", {})
    return [_member(name, its, is_required=name in required) for name, its in properties.items()]


def _member(name: str, schema: Mapping[str, Any], *, is_required: bool) -> Member:
    choices = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return Member(
        name=name,
        kind=list(in_words(schema)),
        choices=[str(key) for key in choices],
        words=spoken(schema.get("description", "")),
        is_required=is_required,
    )


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    if "minimum" in schema and "maximum" in schema:
        yield f"From {schema['minimum']} to {schema['maximum']}."
    if "maxLength" in schema:
        yield f"At most {schema['maxLength']} letters."
    if "default" in schema:
        yield f"Without it: `{schema['default']}`."


def in_words(schema: Mapping[str, Any]) -> Iterator[Word]:
    """`list of [StoryBlock]`, `string or null`, `one of [InfoPage], [TherapyPage]`."""
    match schema:
        case {"$ref": reference}:
            yield Word(reference.rpartition("/")[2], is_shape=True)
        case {"const": value}:
            yield Word(str(value), is_code=True)
        case {"anyOf": either} | {"oneOf": either}:
            for number, one in enumerate(either):
                if number:
                    yield Word(" or ")
                yield from in_words(one)
        case {"type": "array", "items": {"enum": _}}:
            yield Word("any of ")
        case {"type": "array"}:
            yield Word("list of ")
            yield from in_words(schema.get("items", {}))
        case {"type": "object", "additionalProperties": dict(values)}:
            yield Word("object, by name: ")
            yield from in_words(values)
        case {"enum": _}:
            yield Word("one of ")
        case _:
            yield Word(_plain(schema))


def _plain(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "anything")
    name = FORMATS.get(schema.get("format") or schema.get("contentMediaType", ""))
    return f"{kind} ({name})" if name else kind


def _named_in(schema: Any) -> set[str]:
    match schema:
        case {"$ref": reference}:
            return {reference.rpartition("/")[2]}
        case dict():
            return {name for value in schema.values() for name in _named_in(value)}
        case list():
            return {name for value in schema for name in _named_in(value)}
    return set()
