"""Weighs all words of a sentence together, for what people say in ways that no rule names.

The weights of a language are learnt from its examples (`learning.py`). A sentence counts where its words
speak more for a need of help than against it; then the kind of help that they speak for most is meant.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import weights_file

#: Fewer words than these say too little, as in a search for "depression".
FEWEST_WORDS = 4
#: The file holds whole numbers: hundredths.
SCALE = 100
#: Of words that mean something: those of an idiom are crossed out by "#".
_STEM = re.compile(r" ([^ |#]+)\|")


@dataclass(frozen=True)
class LearntWeights:
    #: How usual a need is, and then each kind of it, in the order of `HelpGroup`: logarithms of odds.
    usual: tuple[float, ...]
    #: By a word, two neighbours or two words with one between: how much it speaks for each of these.
    traits: Mapping[str, tuple[float, ...]]

    def need_of(self, sentence: str) -> float | None:
        """Return how much the words of a read sentence, or of a part of it, speak for a need of help.

        A logarithm of odds: less than zero speaks against it. None where there are too few words.
        """
        known = [weights[0] for trait in traits_of(sentence) if (weights := self.traits.get(trait))]
        return self.usual[0] + sum(known) / math.sqrt(len(known)) if known else None

    def kind_of(self, sentence: str) -> HelpGroup:
        """Return the kind of help that the words of a read sentence speak for most."""
        known = [self.traits[trait] for trait in traits_of(sentence) if trait in self.traits]
        length = math.sqrt(len(known) or 1)
        _need, *kinds = (
            usual + sum(column) / length
            for usual, column in zip(self.usual, zip(*known, strict=True), strict=True)
        )
        return list(HelpGroup)[kinds.index(max(kinds))]


def traits_of(sentence: str) -> frozenset[str]:
    """Return what is weighed in a sentence that the vocabulary has read; empty where it is too short."""
    stems = _STEM.findall(sentence)
    return frozenset(_traits(stems)) if len(stems) >= FEWEST_WORDS else frozenset()


def _traits(stems: list[str]) -> Iterator[str]:
    framed = ["^", *stems, "$"]
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(framed))
    yield from (f"{first} _ {second}" for first, second in zip(framed, framed[2:], strict=False))


@cache
def weights_of(language: str) -> LearntWeights:
    """Return what was learnt for a language; nothing where it has no weights."""
    file = weights_file(language)
    if not file.exists():
        return LearntWeights(usual=(0.0,) * (1 + len(HelpGroup)), traits={})
    _origin, _header, usual, *rows = (line.split("\t") for line in file.read_text().splitlines())
    return LearntWeights(
        usual=_numbers(usual[1:]), traits={trait: _numbers(numbers) for trait, *numbers in rows}
    )


def _numbers(written: list[str]) -> tuple[float, ...]:
    return tuple(int(number) / SCALE for number in written)
