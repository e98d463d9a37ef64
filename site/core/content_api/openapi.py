"""The description of the API as OpenAPI 3.1, made from the endpoints that the router serves."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, Union

from django.urls import URLPattern, URLResolver, get_resolver
from pydantic import Field

from core.content_api.endpoints import Endpoint, NothingHere
from core.content_api.errors import PROBLEM_TYPES
from core.content_api.json_schemas import Schemas
from core.content_api.operations import Operation, Parameter
from core.content_api.shapes import made_shape, said

NAMESPACE = "wagtailapi_v2"
#: What may go wrong anywhere.
EVERYWHERE = frozenset(
    {"unknown-parameter", "not-acceptable", "too-many-requests", "server-error", "service-unavailable"}
)
IF_NONE_MATCH = Parameter("If-None-Match", str, "The `ETag` of the answer that you have.", place="header")

HEADERS = {
    "Surrogate-Key": {
        "description": "What the answer is made of: what webhooks name when it changes. Parted by spaces.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "Send it back as `If-None-Match`, and an unchanged answer is a 304 without a body.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "Who may keep the answer, and how long.", "schema": {"type": "string"}},
    "Location": {
        "description": "Where what was made is found.",
        "schema": {"type": "string", "format": "uri"},
    },
    "WWW-Authenticate": {"description": "How a token is sent: `Bearer`.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
}
#: What a problem says in headers, by its status.
HEADERS_OF_PROBLEMS = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}
#: By the key that operations name.
SECURITY_SCHEMES = {
    "privateToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "`Authorization: Bearer …`, with the private token of one enquiry: "
        "`status.token` in the answer to whoever sent it.",
    },
}


class Door(NamedTuple):
    """An address that takes a method. `path` is as OpenAPI writes it, from where the API begins."""

    tag: str
    path: str
    method: str
    operation: Operation


@cache
def doors() -> tuple[Door, ...]:
    _prefix, resolver = get_resolver().namespace_dict[NAMESPACE]
    return tuple(_doors(resolver.url_patterns, "/"))


def _doors(patterns: Iterable[URLPattern | URLResolver], above: str) -> Iterator[Door]:
    for pattern in patterns:
        path = above + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern).removeprefix("^"))
        if isinstance(pattern, URLResolver):
            yield from _doors(pattern.url_patterns, path)
            continue
        endpoint = getattr(pattern.callback, "cls", None)
        if endpoint and issubclass(endpoint, Endpoint) and endpoint is not NothingHere:
            actions = getattr(pattern.callback, "actions", None) or {}
            for method in ("get", "post", "put", "patch", "delete"):
                if method in endpoint.http_method_names:
                    operation = endpoint.operation(actions.get(method, method))
                    yield Door(_tag(path), path, method, operation)


def _tag(path: str) -> str:
    """What endpoints are grouped by: what stands first in their addresses."""
    return path.split("/")[1] if path.count("/") > 1 else "start"


@cache
def document() -> dict[str, Any]:
    """Made once in each process: it depends on the code alone. No query is run."""
    prefix, _resolver = get_resolver().namespace_dict[NAMESPACE]
    schemas = Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for door in doors():
        paths.setdefault(door.path, {})[door.method] = _operation(door, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The content API",
            "version": "2",
            "summary": "Everything that visitors can read on the site, as JSON.",
            "description": "It needs no key and knows no session. Only where one enquiry stands is told by a "
            "private token. Fields, endpoints, types of pages and types of blocks are added, never renamed "
            "or removed: be ready for new ones.",
        },
        "servers": [{"url": f"/{prefix.rstrip('/')}"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(door.tag for door in doors())],
        "paths": paths,
        "components": {
            "schemas": schemas.components(),
            "headers": HEADERS,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _operation(door: Door, schemas: Schemas) -> dict[str, Any]:
    told = door.operation
    kept = door.method == "get" and told.may_be_cached
    parameters = (*told.parameters, IF_NONE_MATCH) if kept else told.parameters
    written: dict[str, Any] = {
        "operationId": told.key,
        "tags": [door.tag],
        "summary": told.summary,
        "parameters": [_parameter(parameter, schemas) for parameter in parameters],
        "responses": dict(_responses(told, kept, schemas)),
    }
    if told.description:
        written["description"] = told.description
    if told.body is not None:
        body = {"schema": schemas.of(told.body), "example": told.body_example}
        written["requestBody"] = {"required": True, "content": {"application/json": body}}
    if told.security:
        written["security"] = [{told.security: []}]
    return written


def _parameter(parameter: Parameter, schemas: Schemas) -> dict[str, Any]:
    shape = parameter.shape
    if parameter.usual is not None:
        shape = Annotated[shape, Field(json_schema_extra={"default": parameter.usual})]
    written: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required or parameter.place == "path",
        "schema": schemas.of(shape),
    }
    if parameter.words:
        written["description"] = parameter.words
    if parameter.examples:
        numbered = enumerate(parameter.examples, 1)
        written["examples"] = {f"example-{number}": {"value": value} for number, value in numbered}
    if parameter.place == "query":
        written |= {"style": "form", "explode": False}
    return written


def _responses(told: Operation, kept: bool, schemas: Schemas) -> Iterator[tuple[str, dict[str, Any]]]:
    headers = ["Cache-Control", *told.headers, *(["ETag", "Surrogate-Key"] if kept else [])]
    answer: dict[str, Any] = {"description": "The answer.", "headers": _headers(*headers)}
    if told.answer is None:
        answer["description"] = "Done: there is nothing to answer."
    else:
        answer["content"] = {"application/json": {"schema": schemas.of(told.answer)}}
    yield str(told.status), answer
    for other in told.other_answers:
        yield (
            str(other.status),
            {
                "description": other.words,
                "headers": _headers("Cache-Control"),
                "content": {"application/json": {"schema": schemas.of(other.shape)}},
            },
        )
    if kept:
        yield "304", {"description": "Nothing has changed since the answer that you have."}
    keys = [key for key in PROBLEM_TYPES if key in told.problems | EVERYWHERE]
    for status in sorted({PROBLEM_TYPES[key].status for key in keys}):
        here = [key for key in keys if PROBLEM_TYPES[key].status == status]
        yield (
            str(status),
            {
                "description": " ".join(f"{PROBLEM_TYPES[key].title}." for key in here),
                "headers": _headers("Cache-Control", *HEADERS_OF_PROBLEMS.get(status, [])),
                "content": {"application/problem+json": {"schema": schemas.of(_any_of(here))}},
            },
        )


def _any_of(keys: list[str]) -> Any:
    shapes = [problem_shape(key) for key in keys]
    return Annotated[Union[*shapes], Field(discriminator="key")] if len(shapes) > 1 else shapes[0]


@cache
def problem_shape(key: str) -> Any:
    """What an error of this type looks like: RFC 9457, and its type once more as a `key`."""
    kind = PROBLEM_TYPES[key]
    fields: dict[str, Any] = {
        "type": Annotated[str, Field(pattern=f"/problems/{key}/$", json_schema_extra={"format": "uri"})],
        "key": said(Literal[key], "The last part of `type`."),
        "title": str,
        "status": Literal[kind.status],
        "detail": said(NotRequired[str], "What went wrong this time."),
    }
    if kind.has_errors:
        fields["errors"] = said(dict[str, list[str]], "What is wrong with each, by its name.")
    name = "".join(part.capitalize() for part in key.split("-"))
    return made_shape(f"{name}Problem", fields, f"{kind.title}.")
