"""Correct the spelling of search words by the names of the pages. Pure.

The database compares groups of three letters (trigrams), of which two swapped letters leave few alike: so
words are compared as a whole here.
"""

import re
from collections.abc import Iterable, Set
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

#: They stand in every sentence, English or German: nobody looks for them, so they are no slip of a name.
COMMON_WORDS = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())
WORD = re.compile(r"[^\W\d_]+")
#: Shorter words resemble too many others; so do words that begin otherwise.
FEWEST_LETTERS = 5
LIKENESS = 0.75


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return each word of the names, beside those that every sentence has."""
    said: set[str] = set()
    for name in names:
        said.update(name.split())
    # Long texts say the same words again and again: each is looked at once.
    return COMMON_WORDS.union(chain.from_iterable(WORD.findall(word.casefold()) for word in said))


def corrected(words: str, known: Set[str]) -> str:
    """Return the words as known ones are spelt, or an empty text if no word needs another spelling."""
    spelt = WORD.sub(lambda match: _nearest(match[0].casefold(), known), words)
    return spelt if spelt.casefold() != words.casefold() else ""


def _nearest(word: str, known: Set[str]) -> str:
    if len(word) < FEWEST_LETTERS or word in known:
        return word
    begin_alike = sorted(name for name in known if name[0] == word[0])
    # “thier” has every letter of “their”, though a name may look more like it.
    same_letters = (name for name in begin_alike if sorted(name) == sorted(word))
    return next(chain(same_letters, get_close_matches(word, begin_alike, 1, LIKENESS)), word)
