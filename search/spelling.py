"""What somebody may have meant who spelt a word otherwise. Pure text.

Letters that changed places leave few groups of three letters alike, and groups of three are what the database
compares: so words are held against the names of the pages here.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

WORD = re.compile(r"[^\W\d_]+")
#: Shorter words are like too many others.
FEWEST_LETTERS = 4
LIKENESS = 0.75


def meant(words: str, names: Iterable[str]) -> str:
    """The words as the names spell them. Empty where nothing needs another spelling, or nothing is near."""
    known = {word for name in names for word in WORD.findall(name.casefold())}
    spelt = WORD.sub(lambda match: _nearest(match[0].casefold(), known), words)
    return spelt if spelt.casefold() != words.casefold() else ""


def _nearest(word: str, known: set[str]) -> str:
    if len(word) < FEWEST_LETTERS or word in known:
        return word
    return next(iter(get_close_matches(word, sorted(known), 1, LIKENESS)), word)
