"""What a page claims, checked: the registry of rules, and the one function that returns what they find.

`core` knows no therapy, so the rules come from other apps, which register them in `ready()`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

from django.db.models import CharField, TextField
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from core.claim_findings import ClaimFinding, ClaimRule, PagePassage

#: The end of a paragraph, an entry of a list or a heading: no sentence goes on after it.
PASSAGE_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
#: Texts that nobody reads as words.
NO_WORDS = frozenset({"slug", "draft_title", "url_path", "path"})


type ClaimFinder = Callable[[Page], Iterable[ClaimFinding]]

_rules: dict[str, ClaimRule] = {}
_finders: list[ClaimFinder] = []


def register_claim_rules(rules: Iterable[ClaimRule], finder: ClaimFinder) -> None:
    """Register rules, and the function that says what they find on a page. An app calls this in `ready()`."""
    _rules.update({rule.key: rule for rule in rules})
    if finder not in _finders:
        _finders.append(finder)


def claim_rules() -> list[ClaimRule]:
    return list(_rules.values())


def claims_on(page: Page) -> list[ClaimFinding]:
    """Return everything that the rules find on a page as it stands in memory, each once."""
    return list(dict.fromkeys(finding for finder in _finders for finding in finder(page)))


def told_claims(page: Page) -> list[str]:
    """Return what an editor is told of a page that is handed in or published."""
    return list(dict.fromkeys(finding.message for finding in claims_on(page)))


def passages_of(page: Page) -> list[PagePassage]:
    """Return the words of a page, also those of blocks that are shown on a condition."""
    return [
        PagePassage(field.name, " ".join(text.split()))
        for field in page._meta.fields
        for text in _texts(field, getattr(page, field.attname, None))
        if text.strip()
    ]


def _texts(field: Any, value: Any) -> Iterator[str]:
    match field:
        case StreamField():
            yield from _of_block(field.stream_block, value)
        case RichTextField():
            yield from _of_rich_text(value or "")
        case CharField() | TextField() if field.editable and not field.choices and field.name not in NO_WORDS:
            # Of a page that is only begun, a field whose default the database gives holds no text yet.
            yield value if isinstance(value, str) else ""


def _of_block(block: blocks.Block, value: Any) -> Iterator[str]:
    match block:
        case blocks.StreamBlock():
            for child in value or ():
                yield from _of_block(child.block, child.value)
        case blocks.ListBlock():
            for entry in value or ():
                yield from _of_block(block.child_block, entry)
        case blocks.RichTextBlock():
            yield from _of_rich_text(value.source if value else "")
        case blocks.CharBlock() | blocks.TextBlock():
            yield value or ""
        case blocks.StructBlock() if isinstance(value, blocks.StructValue):
            for name, child_block in block.child_blocks.items():
                yield from _of_block(child_block, value.get(name))


def _of_rich_text(source: str) -> Iterator[str]:
    return (unescape(strip_tags(part)) for part in PASSAGE_END.split(source))
