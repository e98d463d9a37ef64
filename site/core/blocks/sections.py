"""The sections of an article: each has an address of its own, and the list at its top is made from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

#: Addresses within a page that the frame around every page has already taken.
TAKEN = frozenset({"main", "site-links", "urgent-help", "urgent-help-heading", "contents"})


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str


def name_sections(titles: Iterable[str]) -> list[Section]:
    """Two headings with the same words get different addresses; one without letters gets one too."""
    used = set(TAKEN)
    sections = []
    for title in titles:
        wanted = slugify(title) or "section"
        anchor, number = wanted, 1
        while anchor in used:
            number += 1
            anchor = f"{wanted}-{number}"
        used.add(anchor)
        sections.append(Section(anchor, title))
    return sections
