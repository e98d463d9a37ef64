"""From what somebody typed to plain words: pure text, any Unicode, in time linear to its length."""

import re
import unicodedata
from collections.abc import Iterator

#: Some characters stand for a whole phrase: one of them must not cost as much as twenty.
_MOST_LETTERS_OF_ONE = 3
_SENTENCE_END = re.compile(r"[!?;]+|(?<!\.)\.(?!\.)(?=\s|$)|\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:['*][^\W_]+)*")
#: In words.
_LONGEST_SENTENCE = 40
_OVERLAP = 16
_ENDINGS = {
    "'m": "am",
    "'ll": "will",
    "'ve": "have",
    "'re": "are",
    "'d": "would",
}
_PRONOUNS = frozenset(("he", "she", "it", "that", "what", "who", "there", "here", "where", "how"))


def sentences(text: str) -> Iterator[list[str]]:
    """Yield the words of each sentence: small letters, no accents, no invisible marks, no possessive “’s”.

    A single line break ends no sentence, and neither do three dots: people type both within one. A very long
    sentence comes in parts that overlap, so that the time it takes grows with its length and no faster.
    """
    for part in _SENTENCE_END.split(_plain(text)):
        words = [word for token in _WORD.findall(part) for word in _without_apostrophe(token)]
        for start in range(0, max(1, len(words) - _OVERLAP), _LONGEST_SENTENCE - _OVERLAP):
            if window := words[start : start + _LONGEST_SENTENCE]:
                yield window


class _Folding(dict[int, str]):
    """Each letter as a plain small one: without its accent, and nothing for marks that cannot be seen."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code)).casefold()[:_MOST_LETTERS_OF_ONE]
        return "".join(letter for letter in letters if unicodedata.category(letter) not in {"Mn", "Cf"})


#: Of the letters that most texts are made of, made once.
_LATIN = _Folding()
_FOLDING = _Folding(
    {code: _LATIN[code] for code in range(0x250)}
    | {ord(letter): "'" for letter in "’‘ʼ`´＇‛"}
    | {ord("…"): " "}
)


def without_accents(text: str) -> str:
    """Return the text in plain small letters."""
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_FOLDING)


def _plain(text: str) -> str:
    return without_accents(text).replace("...", " ")


def _without_apostrophe(token: str) -> list[str]:
    stem, mark, _ending = token.partition("'")
    if not mark:
        return [token]
    if token.endswith("n't"):
        return [token.replace("'", "")]
    for ending, word in _ENDINGS.items():
        if token.endswith(ending):
            return [stem, word]
    if token.endswith("'s"):
        return [stem, "is"] if stem in _PRONOUNS else [stem]
    return [token.replace("'", "")]
