"""Weighs all words of a sentence together, for what people say in ways that no rule names.

The weights are learnt from the examples beside this file (`learning.py`). A sentence counts where its words
speak more for a need of help than against it; then the kind of help that they speak for most is meant.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from home.urgent_help.groups import HelpGroup

FILE = Path(__file__).parent / "weights.tsv"
#: Fewer words than these say too little, as in a search for "depression".
FEWEST_WORDS = 4
#: How much more the words must speak for a need than against it. Higher misses more and mistakes fewer.
LEAST_ODDS = 2.0
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


def traits_of(sentence: str) -> frozenset[str]:
    """Return what is weighed in a sentence that the vocabulary has read; empty where it is too short."""
    stems = _STEM.findall(sentence)
    return frozenset(_traits(stems)) if len(stems) >= FEWEST_WORDS else frozenset()


def _traits(stems: list[str]) -> Iterator[str]:
    framed = ["^", *stems, "$"]
    yield from stems
    yield from (f"{first} {second}" for first, second in pairwise(framed))
    yield from (f"{first} _ {second}" for first, second in zip(framed, framed[2:], strict=False))


def weighed(sentence: str) -> HelpGroup | None:
    """Return the kind of help that the words of a sentence ask for, taken together, if they do."""
    weights = _weights()
    known = [weights.traits[trait] for trait in traits_of(sentence) if trait in weights.traits]
    if not known:
        return None
    length = math.sqrt(len(known))
    sums = [sum(column) / length for column in zip(*known, strict=True)]
    need, *kinds = (usual + added for usual, added in zip(weights.usual, sums, strict=True))
    return list(HelpGroup)[kinds.index(max(kinds))] if math.exp(need) > LEAST_ODDS else None


@cache
def _weights() -> LearntWeights:
    _origin, _header, usual, *rows = (line.split("\t") for line in FILE.read_text().splitlines())
    return LearntWeights(
        usual=_numbers(usual[1:]), traits={trait: _numbers(numbers) for trait, *numbers in rows}
    )


def _numbers(written: list[str]) -> tuple[float, ...]:
    return tuple(int(number) / SCALE for number in written)
