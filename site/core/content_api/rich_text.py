"""Rich text as another front end can show it: plain HTML, absolute addresses, no door to a hidden page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.html import escape
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from core.content_api.deferred import Answers, Pending
from core.content_api.references import DocumentLink, PageLink, on_site
from core.content_api.shapes import Html

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
LINK_KINDS: dict[str, type[PageLink] | type[DocumentLink]] = {"page": PageLink, "document": DocumentLink}
OPEN_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#", "/")


def _stored_target(attributes: str) -> PageLink | DocumentLink | None:
    attrs = extract_attrs(attributes)
    kind = LINK_KINDS.get(attrs.get("linktype", ""))
    pk = attrs.get("id", "")
    return kind(int(pk)) if kind and pk.isdecimal() else None


@dataclass(frozen=True)
class RichHtml(Pending[Html]):
    """A link to a page or document that is not public loses its `<a>`, and keeps its words."""

    stage: ClassVar[int] = 2
    source: str

    def needs(self) -> Iterable[Pending[Any]]:
        for attributes, _words in LINK.findall(self.source):
            if target := _stored_target(attributes):
                yield target

    @classmethod
    def load(cls, pending: Sequence[Self], answers: Answers) -> Mapping[Self, Html]:
        return {text: text.html(answers) for text in pending}

    def html(self, answers: Answers) -> str:
        def link(match: re.Match[str]) -> str:
            attributes, words = match.groups()
            address = _address(attributes, answers)
            return f'<a href="{escape(address)}">{words}</a>' if address else words

        return LINK.sub(link, EDITOR_KEY.sub("", FIND_EMBED_TAG.sub("", self.source)))


def _address(attributes: str, answers: Answers) -> str | None:
    if target := _stored_target(attributes):
        reference = answers[target]
        return reference["url"] if reference else None
    attrs = extract_attrs(attributes)
    address = attrs.get("href", "")
    if "linktype" in attrs or not address.lower().startswith(OPEN_SCHEMES):
        return None
    return on_site(address, answers.request) if address.startswith("/") else address
