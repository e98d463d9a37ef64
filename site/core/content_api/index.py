"""`/api/v2/` itself: what there is, and where it is described."""

from functools import cache
from typing import Any, TypedDict

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from core.content_api.endpoints import PlainEndpoint
from core.content_api.openapi import document, doors
from core.content_api.references import absolute
from core.content_api.shapes import Url, explained


@explained
class EndpointAnswer(TypedDict):
    name: str
    address: str
    """With `{…}` for what stands in its place."""
    gives: str


@explained
class IndexAnswer(TypedDict):
    endpoints: list[EndpointAnswer]
    openapi: Url
    """The description of all of it, as OpenAPI."""
    reference: Url
    """The same as a page to read."""


class IndexAPIView(PlainEndpoint):
    """What the API gives, and where it is described."""

    operation_key = "getIndex"

    def answer(self) -> IndexAnswer:
        start = absolute(reverse("wagtailapi_v2:index"), self.request)
        return {
            "endpoints": [
                {
                    "name": door.operation.key,
                    "address": f"{start.rstrip('/')}{door.path}",
                    "gives": door.operation.summary,
                }
                for door in doors()
                if door.method == "get"
            ],
            "openapi": absolute(reverse("wagtailapi_v2:openapi"), self.request),
            "reference": absolute(reverse("wagtailapi_v2:reference"), self.request),
        }


@cache
def written_document() -> bytes:
    return JSONRenderer().render(document())


class OpenAPIView(PlainEndpoint):
    """This description, as OpenAPI 3.1."""

    operation_key = "getDescription"

    def answer(self) -> dict[str, Any]:
        return document()

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return HttpResponse(written_document(), content_type="application/json")
