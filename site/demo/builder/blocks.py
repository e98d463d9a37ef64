"""Turns the body of a content file into the blocks of a page."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from therapies.models import ComparisonDimension, TherapyPage

PAGE_LINK = re.compile(r'<a data-page="([^"]+)">')

Block = dict[str, Any]


class BrokenLink(Exception):
    """A content file links to a page that no file makes."""


class Body:
    """Writes blocks for one site. Links are written by path and become links to the page itself."""

    def __init__(self, home: Page) -> None:
        self._home = home

    def blocks(self, owner: str, content: list[Block]) -> list[Block]:
        """The blocks of a body. Their ids are made from the owner's name, so a second run writes the same."""
        return [
            {
                "type": block["type"],
                "value": self._value(block["type"], block["value"]),
                "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{owner}#{position}")),
            }
            for position, block in enumerate(content)
        ]

    def rich_text(self, text: str) -> str:
        return PAGE_LINK.sub(lambda link: f'<a id="{self.page(link[1]).pk}" linktype="page">', text.strip())

    def page(self, path: str) -> Page:
        url_path = self._home.url_path.rstrip("/") + path
        try:
            return Page.objects.get(url_path=url_path)
        except Page.DoesNotExist:
            raise BrokenLink(f"No page of the demo stands at {path}") from None

    def link(self, value: Block) -> Block:
        if "page" in value:
            return value | {"page": self.page(value["page"]).pk}
        return value

    def _value(self, kind: str, value: Any) -> Any:
        write = self._writers.get(kind)
        return write(self, value) if write else value

    def _panel(self, value: Block) -> Block:
        return value | {"text": self.rich_text(value["text"])}

    def _questions(self, value: Block) -> Block:
        questions = [
            question | {"answer": self.rich_text(question["answer"])} for question in value["questions"]
        ]
        return value | {"questions": questions}

    def _invitation(self, value: Block) -> Block:
        return value | {"link": self.link(value["link"])}

    def _comparison(self, value: Block) -> Block:
        return value | {
            "therapies": [TherapyPage.objects.get(slug=slug).pk for slug in value["therapies"]],
            "dimensions": [
                ComparisonDimension.objects.get(key=key).pk for key in value.get("dimensions", [])
            ],
            "overall": self.rich_text(value.get("overall", "")),
        }

    _writers: dict[str, Callable[["Body", Any], Any]] = {
        "paragraph": rich_text,
        "callout": _panel,
        "care_card": _panel,
        "questions": _questions,
        "invitation": _invitation,
        "comparison": _comparison,
    }
