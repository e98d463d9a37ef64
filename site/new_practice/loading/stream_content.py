"""Turns the text of content files into stored blocks and rich text."""

import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

from new_practice.loading.content_files import ContentError, named
from therapies.models import ComparisonDimension, TherapyPage

PAGE_LINK = re.compile(r'<a data-page="([^"]+)">')

Block = dict[str, Any]


class ContentWriter:
    """Writes stream fields and rich text for the site below a front page; paths become links to pages."""

    def __init__(self, home: Page) -> None:
        self._home = home

    def page(self, path: str) -> Page:
        url_path = self._home.url_path.rstrip("/") + path
        page = Page.objects.filter(url_path=url_path).first()
        if page is None:
            raise ContentError(f"No page stands at {path}")
        return page

    def rich_text(self, text: str) -> str:
        return PAGE_LINK.sub(lambda link: f'<a id="{self.page(link[1]).pk}" linktype="page">', text.strip())

    def stream(self, owner: str, content: Sequence[Block]) -> str:
        """Return a stream as it is stored. Its blocks' ids are made from `owner`, the page's name."""
        blocks = []
        for position, block in enumerate(content):
            name = f"{owner}#{position}"
            value = self._value(name, block["type"], block["value"])
            blocks.append({"type": block["type"], "value": value, "id": _id(name)})
        return json.dumps(blocks, cls=DjangoJSONEncoder)

    def lines(self, owner: str, content: Sequence[str | Block]) -> str:
        """Return lines as they are stored: words, or words with the slug of a therapy to look at instead."""
        blocks = []
        for position, line in enumerate(content):
            value: Any = line
            if isinstance(line, dict):
                therapy = line.get("therapy")
                value = line | {"therapy": named(TherapyPage, slug=therapy).pk if therapy else None}
            blocks.append({"type": "line", "value": value, "id": _id(f"{owner}#{position}")})
        return json.dumps(blocks, cls=DjangoJSONEncoder)

    def groups(self, path: str, content: Sequence[Block]) -> str:
        """Return the groups of a list of pages as they are stored. Its pages are named by their slugs."""
        blocks = []
        for position, group in enumerate(content):
            name = f"{path}#{position}"
            pages = [self.page(f"{path}{slug}/").pk for slug in group["pages"]]
            value = group | {"pages": list_items(name, pages)}
            blocks.append({"type": "group", "value": value, "id": _id(name)})
        return json.dumps(blocks, cls=DjangoJSONEncoder)

    def link(self, link: Block) -> Block:
        return link | {"page": self.page(link["page"]).pk} if "page" in link else link

    def _value(self, name: str, kind: str, value: Any) -> Any:
        match kind:
            case "paragraph":
                return self.rich_text(value)
            case "callout" | "care_card":
                return value | {"text": self.rich_text(value["text"])}
            case "invitation":
                return value | {"link": self.link(value["link"])}
            case "link":
                return self.link(value)
            case "group":
                links = [self.link(link) for link in value["links"]]
                return value | {"links": list_items(name, links)}
            case "questions":
                questions = [
                    question | {"answer": self.rich_text(question["answer"])}
                    for question in value["questions"]
                ]
                return value | {"questions": list_items(name, questions)}
            case "steps":
                return value | {"steps": list_items(name, value["steps"])}
            case "ways_in":
                pages = [self.page(path).pk for path in value["pages"]]
                return value | {
                    "pages": list_items(name, pages),
                    "all_of_them": self.page(value["all_of_them"]).pk,
                }
            case "comparison":
                return self._comparison(name, value)
            case _:
                return value

    def _comparison(self, name: str, value: Block) -> Block:
        therapies = [named(TherapyPage, slug=slug).pk for slug in value["therapies"]]
        dimensions = [named(ComparisonDimension, key=key).pk for key in value.get("dimensions", [])]
        return value | {
            "therapies": list_items(f"{name}/therapies", therapies),
            "dimensions": list_items(f"{name}/dimensions", dimensions),
            "overall": self.rich_text(value.get("overall", "")),
        }


def list_items(name: str, values: Sequence[Any]) -> list[Block]:
    """Return the items of a list block as they are stored."""
    return [
        {"type": "item", "value": value, "id": _id(f"{name}/{position}")}
        for position, value in enumerate(values)
    ]


def _id(name: str) -> str:
    """Return an id made from a name, so that a second run writes the same blocks."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
