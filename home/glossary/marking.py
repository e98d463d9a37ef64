"""Marks the first use of each term in HTML. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

#: Elements of running text: terms are marked in these only.
RUNNING_TEXT = frozenset({"p", "li", "dd"})
#: Elements in which no term is marked: a button may not be inside a link, and headings stay plain.
EXCLUDED = frozenset(
    {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dfn", "label", "script", "style"}
)
VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """`anchor` is the id of the element with the meaning; `forms` are all ways to write the term."""

    anchor: str
    name: str
    forms: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class MarkedHTML:
    html: str
    #: In the order of their first use.
    used: list[Term]


def mark_first_uses(html: str, terms: Iterable[Term]) -> MarkedHTML:
    """Put a button around the first use of each term; it opens the element with the term's anchor."""
    by_form = {form.casefold(): term for term in terms for form in term.forms if form}
    if not by_form:
        return MarkedHTML(html, [])
    marker = _Marker(by_form)
    marker.feed(html)
    marker.close()
    return MarkedHTML("".join(marker.written), marker.used)


class _Marker(HTMLParser):
    """Copies the HTML unchanged, except for the words that it marks."""

    def __init__(self, by_form: dict[str, Term]) -> None:
        super().__init__(convert_charrefs=False)
        longest_first = sorted(by_form, key=len, reverse=True)
        self.words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.I)
        self.by_form = by_form
        self.open: list[str] = []
        self.written: list[str] = []
        self.used: list[Term] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        is_markable = not RUNNING_TEXT.isdisjoint(self.open) and EXCLUDED.isdisjoint(self.open)
        self.written.append(self.words.sub(self._mark, data) if is_markable else data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def _mark(self, found: re.Match[str]) -> str:
        words = found[0]
        term = self.by_form[words.casefold()]
        if term in self.used:
            return words
        self.used.append(term)
        anchor = escape(term.anchor)
        return (
            f'<button class="term" type="button" popovertarget="{anchor}"'
            f' aria-describedby="{anchor}-meaning">{words}</button>'
        )
