"""Rich text of content files: HTML of few tags, whose links to our own pages are written by path."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from new_practice.loading.content_problems import ContentError

PAGE_LINK = re.compile(r'<a data-page="([^"]*)">')
STORED_LINK = re.compile(
    r'<a (?=[^>]*linktype="(page|document)")(?=[^>]*\bid="(\d+)")[^>]*>(.*?)</a>', re.DOTALL
)
#: What the editor adds to each block, for itself.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

ATTRIBUTES = {
    "a": {"href", "data-page"},
    **{tag: set() for tag in ["p", "b", "i", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "br", "hr"]},
}
ADDRESS = re.compile(r"(https?://|mailto:|tel:|#)")


def stored(text: str, page_id: Callable[[str], int]) -> str:
    """Return rich text as the database keeps it. Raise ContentError for a tag that may not be."""
    checker = _Checker()
    checker.feed(text)
    return PAGE_LINK.sub(lambda link: f'<a id="{page_id(link[1])}" linktype="page">', text.strip())


def readable(text: str, path_of: Callable[[int], str | None]) -> str:
    """Return stored rich text as the files have it. A link to what no file can name keeps its words only."""

    def written(link: re.Match[str]) -> str:
        path = path_of(int(link[2])) if link[1] == "page" else None
        return f'<a data-page="{path}">{link[3]}</a>' if path else link[3]

    return STORED_LINK.sub(written, BLOCK_KEY.sub("", text)).strip()


class _Checker(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ATTRIBUTES:
            raise ContentError(f"<{tag}> may not stand in a text.", value=f"<{tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES[tag]:
                raise ContentError(f"“{name}” may not stand in <{tag}>.", value=f"{name}=")
            if name == "href" and not ADDRESS.match(value or ""):
                raise ContentError(f"“{value}” is no address of another site.", value=value or "href")
