"""Small APIs for tests: the endpoint of the README's recipe, and endpoints that check nothing themselves."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

from annotated_types import Ge, Le
from django.test import override_settings
from django.urls import path

from core.content_api.description import openapi
from core.content_api.endpoints.problems import ProblemsAPIView
from core.content_api.parameters import Parameter
from core.content_api.routers import ContentAPIRouter
from core.content_api.views import PlainEndpoint

README = Path(__file__).parents[2] / "README.md"
ROWS = list(range(1, 61))


@dataclass
class Opening:
    starts: datetime
    therapist_id: int


def next_openings() -> list[Opening]:
    return [Opening(datetime(2027, 1, 1, tzinfo=UTC), number) for number in ROWS]


def endpoint_of_the_readme() -> Any:
    """The example of the recipe, run as it is written. Only `next_openings` is not in it."""
    [example] = re.findall(r"^```python\n(.*?)^```", README.read_text(), re.M | re.S)
    module = ModuleType("openings.api")
    module.next_openings = next_openings
    exec(compile(example, README, "exec"), module.__dict__)  # our own words
    return module.OpeningsAPIView


class TrustingAPIView(PlainEndpoint):
    """Rows, for whoever trusts the declared type."""

    operation_id = "listTrusting"
    parameters = (Parameter("limit", int, "How many."),)
    may_be_cached = False

    def answer(self) -> list[int]:
        return ROWS[: int(self.request.GET.get("limit", 10))]


class FailingAPIView(TrustingAPIView):
    """The same without a check: whatever is no number is an error of the server."""

    operation_id = "listFailing"
    parameters = (Parameter("limit", int, "How many.", is_checked_by_reader=True),)


class DroppingAPIView(TrustingAPIView):
    """The same without a check of the bounds: -1 drops a row."""

    operation_id = "listDropping"
    parameters = (Parameter("limit", Annotated[int, Ge(1), Le(50)], "How many.", is_checked_by_reader=True),)

    def answer(self) -> list[int]:
        limit = self.request.GET.get("limit", "10")
        return ROWS[: int(limit) if limit.lstrip("-").isdecimal() and len(limit) < 6 else 10]


@contextmanager
def served(endpoint: type[PlainEndpoint]) -> Iterator[None]:
    """In place of the site there is an API with this endpoint alone, at `/api/v2/openings/`."""
    router = ContentAPIRouter("wagtailapi_v2")
    router.register_endpoint("openings", endpoint)
    router.register_endpoint("problems", ProblemsAPIView)
    urls = ModuleType("urls_of_openings")
    urls.urlpatterns = [path("api/v2/", router.urls)]
    forget_description()
    with override_settings(ROOT_URLCONF=urls):
        yield
    forget_description()


def forget_description() -> None:
    openapi.routes.cache_clear()
    openapi.document.cache_clear()
