"""Rich text for other front ends: HTML with absolute URLs, without links to what is not public."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.html import escape
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from core.content_api.representation.absolute_urls import on_site
from core.content_api.representation.answer_types import Html
from core.content_api.representation.deferred import Deferred, DeferredLoader, Stage
from core.content_api.representation.links import DocumentLink, PageLink

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
class RichHtml(Deferred[Html]):
    """A link to a page or document that is not public loses its `<a>`, and keeps its words."""

    stage: ClassVar[Stage] = Stage.MADE_OF_OTHERS
    source: str

    def needs(self) -> Iterable[Deferred[Any]]:
        for attributes, _words in LINK.findall(self.source):
            if target := _stored_target(attributes):
                yield target

    @classmethod
    def load(cls, deferred: Sequence[Self], loader: DeferredLoader) -> Mapping[Self, Html]:
        return {text: text.html(loader) for text in deferred}

    def html(self, loader: DeferredLoader) -> str:
        def link(match: re.Match[str]) -> str:
            attributes, words = match.groups()
            address = _address(attributes, loader)
            return f'<a href="{escape(address)}">{words}</a>' if address else words

        return LINK.sub(link, EDITOR_KEY.sub("", FIND_EMBED_TAG.sub("", self.source)))


def _address(attributes: str, loader: DeferredLoader) -> str | None:
    if target := _stored_target(attributes):
        link: Deferred[Any] = target
        reference = loader[link]
        return reference["url"] if reference else None
    attrs = extract_attrs(attributes)
    address = attrs.get("href", "")
    if "linktype" in attrs or not address.lower().startswith(OPEN_SCHEMES):
        return None
    return on_site(address, loader.request) if address.startswith("/") else address
