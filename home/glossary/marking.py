"""Marks the first use of each term in HTML. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from core.html_tags import TAG, OpenTags

#: Elements of running text: terms are marked in these only.
RUNNING_TEXT = frozenset({"p", "li", "dd"})
#: Elements in which no term is marked: a button may not be inside a link, and headings stay plain.
EXCLUDED = frozenset(
    {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dfn", "label", "script", "style"}
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
    said = html.casefold()
    forms = ((form.casefold(), term) for term in terms for form in term.forms if form)
    by_form = {form: term for form, term in forms if form in said}
    if not by_form:
        return MarkedHTML(html, [])
    marker = _Marker(by_form)
    return MarkedHTML("".join(marker.marked(html)), marker.used)


class _Marker:
    """Copies the HTML unchanged, except for the words that it marks."""

    def __init__(self, by_form: dict[str, Term]) -> None:
        longest_first = sorted(by_form, key=len, reverse=True)
        self.words = re.compile(rf"(?<![\w&-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.I)
        self.by_form = by_form
        self.open = OpenTags()
        self.used: list[Term] = []

    def marked(self, html: str) -> Iterator[str]:
        end = 0
        for tag in TAG.finditer(html):
            yield self._text(html[end : tag.start()])
            yield tag[0]
            self.open.pass_by(tag)
            end = tag.end()
        yield self._text(html[end:])

    def _text(self, text: str) -> str:
        around = self.open.names
        is_markable = not RUNNING_TEXT.isdisjoint(around) and EXCLUDED.isdisjoint(around)
        return self.words.sub(self._mark, text) if is_markable and text else text

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
