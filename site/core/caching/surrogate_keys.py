"""Surrogate keys: what an answer is made of. Whoever caches it drops it when one of them is announced.

A key names only what the answer shows: an answer that leaves something out because it is not public
says `newly-public`, which is announced whenever something becomes public, and never what it left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

#: Every answer of the API: announced when the addresses of the whole site change.
ALL = "all"
#: Every page of the site itself: announced with every change, for a page is made of all rooms.
HTML = "html"
#: Points of comparison, sources, and those who checked.
FACTS = "facts"
#: The practice, the navigation, urgent help.
SETTINGS = "settings"
REDIRECTS = "redirects"
#: Something is left out for now.
NEWLY_PUBLIC = "newly-public"

#: Headers have to stay small: above this, the key of the whole kind stands for its records.
MOST_OF_A_KIND = 100


def page_key(pk: int) -> str:
    return f"page-{pk}"


def children_key(pk: int) -> str:
    """Which pages stand below a page, and in which order."""
    return f"children-{pk}"


def image_key(pk: int) -> str:
    return f"image-{pk}"


def document_key(pk: int) -> str:
    return f"document-{pk}"


def type_key(label: str) -> str:
    """A list of these: `therapies.TherapyPage`. Announced with each record of the type."""
    return f"type-{label}"


#: A list of pages of any type.
PAGES = type_key("wagtailcore.Page")
IMAGES = type_key(settings.WAGTAILIMAGES_IMAGE_MODEL)
DOCUMENTS = type_key("wagtaildocs.Document")


class ShownKeys:
    """The keys of one answer, gathered while it is made."""

    def __init__(self) -> None:
        self._keys: set[str] = {ALL}
        self._records: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, *keys: str) -> None:
        self._keys.update(keys)

    def add_page(self, pk: int) -> None:
        self._records[PAGES].add(page_key(pk))

    def add_image(self, pk: int) -> None:
        self._records[IMAGES].add(image_key(pk))

    def add_document(self, pk: int) -> None:
        self._records[DOCUMENTS].add(document_key(pk))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._keys.union(*map(self._named, self._records))))

    def _named(self, kind: str) -> Iterable[str]:
        keys = self._records[kind]
        return keys if len(keys) <= MOST_OF_A_KIND else {kind}


def shown_by(request: Any) -> ShownKeys:
    """Of the answer to this request, whichever of the two kinds of request is at hand."""
    plain = getattr(request, "_request", request)  # REST framework wraps Django's
    if not hasattr(plain, "shown_keys"):
        plain.shown_keys = ShownKeys()
    return plain.shown_keys
