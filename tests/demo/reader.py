"""A visitor of the demo site who reads every address once, and remembers it."""

from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from core.models import BasePage
from core.visibility import public

HOST = "localhost"


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    location: str
    content: bytes

    @property
    def html(self) -> str:
        return self.content.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "html.parser")


class Reader:
    """Every copy of the demo database is the same, so an answer holds for all tests that change nothing."""

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}

    def read(self, address: str) -> Answer:
        if address not in self._answers:
            self._answers[address] = _ask(address)
        return self._answers[address]


def _ask(address: str) -> Answer:
    response = Client().get(address, headers={"host": HOST})
    return Answer(
        status=response.status_code,
        content_type=response.get("content-type", ""),
        location=response.get("location", ""),
        content=response.content,
    )


def public_pages() -> list[BasePage]:
    return list(public(Page.objects.filter(depth__gt=1)).specific())
