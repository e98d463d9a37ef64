"""`problems/`: what each type of error means. The `type` of every error is an address here."""

from typing import Any

from django.http import Http404
from django.urls import URLPattern, path
from rest_framework.request import Request
from rest_framework.response import Response

from home.api.endpoints import PlainEndpoint
from home.api.errors import PROBLEM_TYPES


class ProblemsAPIView(PlainEndpoint):
    def get(self, request: Request, slug: str | None = None) -> Response:
        if slug is None:
            return Response({"items": [self._problem(slug) for slug in PROBLEM_TYPES]})
        if slug not in PROBLEM_TYPES:
            raise Http404
        return Response(self._problem(slug))

    def _problem(self, slug: str) -> dict[str, Any]:
        return {"key": slug, "title": str(PROBLEM_TYPES[slug])}

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="listing"),
            path("<slug:slug>/", cls.as_view(), name="detail"),
        ]
