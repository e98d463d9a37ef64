"""The sentences of a guide that is written in Markdown, as a reader sees them."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from markdown import markdown

#: A sentence ends before the next begins with a capital, a number or a quotation.
END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[“A-Z0-9])")


def sentences_in(text: str) -> list[str]:
    """Return what each paragraph, entry of a list and row of a table says, in plain words.

    A row says a sentence of each cell, which begins with the row's first.
    """
    page = BeautifulSoup(markdown(text, extensions=["tables"]), "html.parser")
    return [
        sentence
        for block in page.find_all(["p", "li", "tr"])
        for sentence in (_of_row(block) if block.name == "tr" else _split(_words_of(block)))
    ]


def _of_row(row: Tag) -> list[str]:
    [first, *others] = [_words_of(cell) for cell in row.find_all("td")] or [""]
    return [f"{first}: {sentence}" for words in others for sentence in _split(words)]


def _words_of(block: Tag) -> str:
    """Return its words, without those of paragraphs and lists inside, which are blocks of their own."""
    own = (
        piece.get_text() if isinstance(piece, Tag) else piece
        for piece in block.children
        if not _is_block(piece)
    )
    return " ".join("".join(own).split())


def _is_block(piece: PageElement) -> bool:
    return isinstance(piece, Tag) and piece.name in {"p", "ol", "ul", "table"}


def _split(words: str) -> list[str]:
    return [sentence for sentence in END_OF_SENTENCE.split(words) if sentence]
