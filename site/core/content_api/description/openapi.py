"""The description of the API as OpenAPI 3.1, made from the endpoints that the router serves."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, Union, get_origin

from django.urls import URLPattern, URLResolver, get_resolver
from pydantic import Field

from core.content_api.description.json_schema import Schemas
from core.content_api.description.sample_answers import curl_line, sample_answers
from core.content_api.errors import PROBLEM_TYPES
from core.content_api.operations import Operation
from core.content_api.parameters import Parameter
from core.content_api.representation.answer_types import described, typed_dict
from core.content_api.views import APIEndpoint, NotFoundEndpoint

NAMESPACE = "wagtailapi_v2"
#: The problems that any endpoint may answer with.
EVERYWHERE = frozenset(
    {"unknown-parameter", "not-acceptable", "too-many-requests", "server-error", "service-unavailable"}
)
IF_NONE_MATCH = Parameter[str](
    "If-None-Match", str, "The `ETag` of the answer that you have.", location="header"
)

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
#: The headers of problems, by status.
HEADERS_OF_PROBLEMS = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}
#: By the key that operations name.
SECURITY_SCHEMES = {
    "privateToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "`Authorization: Bearer …`, with the private token of one enquiry: "
        "`status.token` in the answer to whoever sent it.",
    },
    "previewToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "`Authorization: Bearer …`, with the `token` that an editor's preview is given.",
    },
    "previewTokenInQuery": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "The same token as a parameter.",
    },
}
#: The group of what stands at the start of the API.
START = "start"


class Route(NamedTuple):
    """A path and one of its methods. `path` is as OpenAPI writes it, relative to the start of the API."""

    tag: str
    path: str
    method: str
    operation: Operation


@cache
def routes() -> tuple[Route, ...]:
    _prefix, resolver = get_resolver().namespace_dict[NAMESPACE]
    return tuple(_routes(resolver.url_patterns, "/"))


def _routes(patterns: Iterable[URLPattern | URLResolver], above: str) -> Iterator[Route]:
    for pattern in patterns:
        path = above + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern).removeprefix("^"))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
            continue
        endpoint = getattr(pattern.callback, "cls", None)
        if endpoint and issubclass(endpoint, APIEndpoint) and not issubclass(endpoint, NotFoundEndpoint):
            actions = getattr(pattern.callback, "actions", None) or {}
            for method in ("get", "post", "put", "patch", "delete"):
                if method in endpoint.http_method_names:
                    yield Route(_tag(path), path, method, endpoint.operation(actions.get(method, method)))


def _tag(path: str) -> str:
    """Return the group of an endpoint: the first part of its path."""
    return path.split("/")[1] if path.count("/") > 1 else START


def _tags() -> list[dict[str, str]]:
    """Return the groups, each described by what it begins with."""
    first: dict[str, Operation] = {}
    for route in routes():
        first.setdefault(route.tag, route.operation)
    return [{"name": tag, "description": _sentences(one)} for tag, one in first.items()]


def _sentences(operation: Operation) -> str:
    return " ".join(filter(None, [f"{operation.summary.rstrip('.')}.", operation.description]))


@cache
def document() -> dict[str, Any]:
    """Return the whole description. It depends on the code alone, and is made once without a query."""
    prefix, _resolver = get_resolver().namespace_dict[NAMESPACE]
    schemas = Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in routes():
        paths.setdefault(route.path, {})[route.method] = _operation(route, schemas)
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
        "security": [],
        "tags": _tags(),
        "paths": paths,
        "components": {
            "schemas": schemas.components(),
            "headers": HEADERS,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _operation(route: Route, schemas: Schemas) -> dict[str, Any]:
    operation = route.operation
    sample = sample_answers().get(operation.operation_id)
    is_cached = route.method == "get" and operation.may_be_cached
    parameters = (*operation.parameters, IF_NONE_MATCH) if is_cached else operation.parameters
    written: dict[str, Any] = {
        "operationId": operation.operation_id,
        "tags": [route.tag],
        "summary": operation.summary,
        "parameters": [_parameter(parameter, schemas) for parameter in parameters],
        "responses": dict(_responses(operation, is_cached, schemas)),
    }
    description = [operation.description]
    if sample:
        start = f"/{get_resolver().namespace_dict[NAMESPACE][0]}"
        description.append(f"```sh\n{curl_line(operation, route.method, start, sample)}\n```")
        for media_type in written["responses"][str(operation.status)].get("content", {}).values():
            media_type["example"] = sample.answer
    if any(description):
        written["description"] = "\n\n".join(filter(None, description))
    if operation.body is not None:
        body = {"schema": schemas.of(operation.body), "example": operation.body_example}
        written["requestBody"] = {"required": True, "content": {"application/json": body}}
    if operation.security:
        written["security"] = [{scheme: []} for scheme in operation.security]
    return written


def _parameter(parameter: Parameter, schemas: Schemas) -> dict[str, Any]:
    annotation = parameter.value_type
    if parameter.default is not None:
        annotation = Annotated[annotation, Field(json_schema_extra={"default": parameter.default})]
    written: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.is_required or parameter.location == "path",
        "schema": schemas.of(annotation),
    }
    if parameter.description:
        written["description"] = parameter.description
    if parameter.examples:
        numbered = enumerate(parameter.examples, 1)
        written["examples"] = {f"example-{number}": {"value": value} for number, value in numbered}
    if get_origin(parameter.annotation) is list:
        written |= {"style": "form", "explode": True}
    return written


def _responses(
    operation: Operation, is_cached: bool, schemas: Schemas
) -> Iterator[tuple[str, dict[str, Any]]]:
    headers = ["Cache-Control", *operation.headers, *(["ETag", "Surrogate-Key"] if is_cached else [])]
    answer: dict[str, Any] = {"description": "The answer.", "headers": _headers(*headers)}
    if operation.answer is None:
        answer["description"] = "Done: there is nothing to answer."
    else:
        answer["content"] = {"application/json": {"schema": schemas.of(operation.answer)}}
    yield str(operation.status), answer
    for other in operation.other_answers:
        yield (
            str(other.status),
            {
                "description": other.description,
                "headers": _headers("Cache-Control"),
                "content": {"application/json": {"schema": schemas.of(other.annotation)}},
            },
        )
    if is_cached:
        yield "304", {"description": "Nothing has changed since the answer that you have."}
    keys = [key for key in PROBLEM_TYPES if key in operation.problems | EVERYWHERE]
    for status in sorted({PROBLEM_TYPES[key].status for key in keys}):
        here = [key for key in keys if PROBLEM_TYPES[key].status == status]
        yield (
            str(status),
            {
                "description": " ".join(f"{PROBLEM_TYPES[key].title}." for key in here),
                "headers": _headers("Cache-Control", *HEADERS_OF_PROBLEMS.get(status, [])),
                "content": {"application/problem+json": {"schema": schemas.of(_problem_union(here))}},
            },
        )


def _problem_union(keys: list[str]) -> Any:
    problems = [problem_answer_type(key) for key in keys]
    return Annotated[Union[*problems], Field(discriminator="key")] if len(problems) > 1 else problems[0]


@cache
def problem_answer_type(key: str) -> Any:
    """Return the type of a problem (RFC 9457), with the last part of its `type` as `key`."""
    kind = PROBLEM_TYPES[key]
    fields: dict[str, Any] = {
        "type": Annotated[str, Field(pattern=f"/problems/{key}/$", json_schema_extra={"format": "uri"})],
        "key": described(Literal[key], "The last part of `type`."),
        "title": str,
        "status": Literal[kind.status],
        "detail": described(NotRequired[str], "What went wrong this time."),
    }
    if kind.has_errors:
        fields["errors"] = described(dict[str, list[str]], "What is wrong with each, by its name.")
    name = "".join(part.capitalize() for part in key.split("-"))
    return typed_dict(f"{name}Problem", fields, f"{kind.title}.")
