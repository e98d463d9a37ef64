"""Surrogate keys name what an answer is made of; a cache drops it when one of its keys is announced.

A key names only what the answer shows. An answer that leaves out something that is not public has the key
`newly-public` instead, which is announced whenever something becomes public.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

#: In every answer of the API: announced when the addresses of the whole site change.
ALL = "all"
#: In every HTML page of the site: announced with every change, for a page shows a little of everything.
HTML = "html"
#: Dimensions, references and reviewers.
FACTS = "facts"
#: The settings of the practice, the navigation and urgent help.
SETTINGS = "settings"
REDIRECTS = "redirects"
#: In an answer that leaves out something that is not public.
NEWLY_PUBLIC = "newly-public"

#: Above this number of records of a type, the key of the type replaces theirs, for headers must stay small.
MOST_OF_A_KIND = 100


def page_key(pk: int) -> str:
    return f"page-{pk}"


def children_key(pk: int) -> str:
    """Return the key of the children of a page and their order."""
    return f"children-{pk}"


def image_key(pk: int) -> str:
    return f"image-{pk}"


def document_key(pk: int) -> str:
    return f"document-{pk}"


def type_key(label: str) -> str:
    """Return the key of a list of a type, such as `therapies.TherapyPage`, announced with each record."""
    return f"type-{label}"


#: The key of a list of pages of any type.
PAGES = type_key("wagtailcore.Page")
IMAGES = type_key(settings.WAGTAILIMAGES_IMAGE_MODEL)
DOCUMENTS = type_key("wagtaildocs.Document")


class SurrogateKeys:
    """The keys of one answer, collected while it is made."""

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

    def add_all(self, others: "SurrogateKeys") -> None:
        self._keys |= others._keys
        for kind, keys in others._records.items():
            self._records[kind] |= keys

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._keys.union(*map(self._named, self._records))))

    def _named(self, kind: str) -> Iterable[str]:
        keys = self._records[kind]
        return keys if len(keys) <= MOST_OF_A_KIND else {kind}


def answer_keys(request: Any) -> SurrogateKeys:
    """Return the keys of the answer to this request, Django's or REST framework's."""
    plain = _plain(request)
    if not hasattr(plain, "surrogate_keys"):
        plain.surrogate_keys = SurrogateKeys()
    return plain.surrogate_keys


@contextmanager
def keys_of_part(request: Any) -> Iterator[SurrogateKeys]:
    """Collect the keys of a part of an answer by themselves. The answer has none of them yet."""
    plain, of_answer = _plain(request), answer_keys(request)
    plain.surrogate_keys = SurrogateKeys()
    try:
        yield plain.surrogate_keys
    finally:
        plain.surrogate_keys = of_answer


def _plain(request: Any) -> Any:
    return getattr(request, "_request", request)  # REST framework wraps Django's
