"""The sections of an article: each has an anchor, and its list of contents is made from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

#: Anchors that the base template uses.
RESERVED = frozenset({"main", "site-links", "urgent-help", "urgent-help-heading", "contents"})


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str


def name_sections(titles: Iterable[str]) -> list[Section]:
    """Return the sections with unique anchors, also for equal titles and those without letters."""
    used = set(RESERVED)
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
