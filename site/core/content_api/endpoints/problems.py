"""`problems/`: what each type of error means. The `type` of every error is an address here."""

from typing import TypedDict

from django.http import Http404
from django.urls import URLPattern, path

from core.content_api.errors import PROBLEM_TYPES
from core.content_api.parameters import Parameter
from core.content_api.representation.answer_types import attribute_docstrings
from core.content_api.views import PlainEndpoint


@attribute_docstrings
class ProblemTypeAnswer(TypedDict):
    """A type of error, and what it means."""

    key: str
    """The last part of the `type` of such an error."""
    title: str


class ProblemTypesAnswer(TypedDict):
    items: list[ProblemTypeAnswer]


def _answer(key: str) -> ProblemTypeAnswer:
    return {"key": key, "title": str(PROBLEM_TYPES[key].title)}


class ProblemAPIView(PlainEndpoint):
    """What one type of error means."""

    operation_id = "getProblem"
    parameters = (Parameter("slug", str, "The `key` of the error.", location="path", examples=["not-found"]),)
    problems = frozenset({"not-found"})

    def answer(self, slug: str) -> ProblemTypeAnswer:
        if slug not in PROBLEM_TYPES:
            raise Http404
        return _answer(slug)


class ProblemsAPIView(PlainEndpoint):
    """What each type of error means."""

    operation_id = "listProblems"

    def answer(self) -> ProblemTypesAnswer:
        return {"items": [_answer(key) for key in PROBLEM_TYPES]}

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view(), name="listing"),
            path("<slug:slug>/", ProblemAPIView.as_view(), name="detail"),
        ]
