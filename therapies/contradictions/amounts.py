"""Find in plain English text which therapy is meant, and how much is stated. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

_SMALL_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
NUMBER_WORDS = {word: number for number, word in enumerate(_SMALL_NUMBERS.split())}
NUMBER_WORDS |= {"twenty-four": 24, "thirty": 30, "forty": 40, "fifty": 50}

_NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
AMOUNT = re.compile(
    rf"\b(?P<low>{_NUMBER})"
    rf"(?:\s*(?:-|–|—|\bto\b|\bor\b|\band\b)\s*(?P<high>{_NUMBER}))?"
    r"(?:[\s-]+(?:weekly|individual|one-to-one|hourly|structured|planned))*"
    r"[\s-]*(?P<unit>session|week|month|minute)s?\b",
    re.IGNORECASE,
)

#: “The first four sessions” and “every two weeks” do not say how long a therapy is.
NOT_A_LENGTH = re.compile(
    r"\b(?:first|last|final|next|every|each|initial|after|within|another|previous)\s+(?:about\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """“12-20 sessions”: low 12, high 20, unit sessions."""

    quote: str
    low: int
    high: int
    unit: str
    at: int


def sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]


def amounts(sentence: str) -> Iterator[StatedAmount]:
    for match in AMOUNT.finditer(sentence):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if high > 1 and not NOT_A_LENGTH.search(sentence[: match.start()]):
            yield StatedAmount(match[0], low, high, match["unit"].lower() + "s", match.start())


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBER_WORDS[words.lower()]


class NameFinder:
    """Finds which of several therapies a text names. Of overlapping names the longest counts."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._owner: dict[str, str] = {}
        for owner, words in names.items():
            for word in words:
                self._owner.setdefault(" ".join(word.casefold().split()), owner)
        longest_first = sorted((w for words in names.values() for w in words), key=len, reverse=True)
        self._pattern = re.compile("|".join(_whole(word) for word in longest_first) or r"(?!)")

    def in_text(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield each name found: its position, its words, and the key of its owner."""
        for match in self._pattern.finditer(text):
            yield match.start(), match[0], self._owner_of(match)

    def last_before(self, text: str, at: int) -> str | None:
        owners = [owner for start, _, owner in self.in_text(text) if start < at]
        return owners[-1] if owners else None

    def at_start(self, text: str) -> str | None:
        match = self._pattern.match(text)
        return self._owner_of(match) if match else None

    def _owner_of(self, match: re.Match[str]) -> str:
        return self._owner[" ".join(match[0].casefold().split())]


def _whole(word: str) -> str:
    """Match whole words, and abbreviations only in capitals: “act” and “cat” are words too."""
    case = "" if word.isupper() else "i"
    escaped = r"\s+".join(re.escape(part) for part in word.split())
    return rf"(?<!\w)(?{case}:{escaped})(?!\w)"
