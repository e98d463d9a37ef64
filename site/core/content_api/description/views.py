"""`/api/v2/` itself, which lists the endpoints, and the description as OpenAPI."""

from functools import cache
from typing import Any, TypedDict

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from core.content_api.description.openapi import document, routes
from core.content_api.representation.absolute_urls import absolute
from core.content_api.representation.answer_types import Url, attribute_docstrings
from core.content_api.views import PlainEndpoint


@attribute_docstrings
class EndpointAnswer(TypedDict):
    name: str
    address: str
    """With `{…}` for what stands in its place."""
    gives: str


@attribute_docstrings
class IndexAnswer(TypedDict):
    endpoints: list[EndpointAnswer]
    openapi: Url
    """The description of all of it, as OpenAPI."""
    reference: Url
    """The same as a page to read."""


class IndexAPIView(PlainEndpoint):
    """What the API gives, and where it is described."""

    operation_id = "getIndex"

    def answer(self) -> IndexAnswer:
        start = absolute(reverse("wagtailapi_v2:index"), self.request)
        return {
            "endpoints": [
                {
                    "name": route.operation.operation_id,
                    "address": f"{start.rstrip('/')}{route.path}",
                    "gives": route.operation.summary,
                }
                for route in routes()
                if route.method == "get"
            ],
            "openapi": absolute(reverse("wagtailapi_v2:openapi"), self.request),
            "reference": absolute(reverse("wagtailapi_v2:docs"), self.request),
        }


@cache
def written_document() -> bytes:
    return JSONRenderer().render(document())


class OpenAPIView(PlainEndpoint):
    """This description, as OpenAPI 3.1."""

    operation_id = "getDescription"

    def answer(self) -> dict[str, Any]:
        return document()

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return HttpResponse(written_document(), content_type="application/json")
