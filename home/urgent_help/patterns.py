"""The small language in which the rules say what people write. `languages/README.md` is about the rules.

want to die           these words, in any of their forms
=killed               exactly this form
hang/drown/go_under   one or the other; an underline joins the words of a phrase
{self}                any word of the list of that name in words.toml
[to]                  a word that may be there
..                    up to two other words
...                   up to five other words
a ~ b                 both in one sentence, at most eight words apart, in either order
^ $                   the beginning and the end of the sentence
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from home.urgent_help.vocabulary import Vocabulary

_NEAR = " ~ "
_GAPS = {"~": r"(?: [^ ]+){0,8}?", "..": r"(?: [^ ]+){0,2}?", "...": r"(?: [^ ]+){0,5}?", "^": "^", "$": "$"}


class UnknownWordList(ValueError):
    """A rule names a list of words that there is not."""


@dataclass(frozen=True)
class Pattern:
    expression: str
    #: The pattern is worth trying only on a sentence with one of these stems.
    stems: frozenset[str]
    #: Whether it says itself that something is not so.
    denies: bool

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when it is first needed: all of them together take more than a second."""
        return re.compile(self.expression)


def compile_patterns(texts: Iterable[str], vocabulary: Vocabulary) -> Iterator[Pattern]:
    for text in texts:
        yield compile_pattern(text, vocabulary)
        if _NEAR in text:
            yield compile_pattern(_NEAR.join(reversed(text.split(_NEAR))), vocabulary)


def compile_pattern(text: str, vocabulary: Vocabulary) -> Pattern:
    parts = []
    candidates: list[frozenset[str]] = []
    denies = False
    for written in text.split():
        if written in _GAPS:
            parts.append(_GAPS[written])
            continue
        is_optional = written.startswith("[")
        phrases = list(_phrases(written.strip("[]"), vocabulary))
        regex, first_stems = _alternatives(phrases, vocabulary)
        parts.append(f"(?:{regex})?" if is_optional else regex)
        denies = denies or any(word in vocabulary.denials for phrase in phrases for word in phrase)
        if not is_optional and first_stems:
            candidates.append(first_stems)
    return Pattern("".join(parts), min(candidates, key=partial(_cost, vocabulary)), denies)


def _cost(vocabulary: Vocabulary, stems: frozenset[str]) -> tuple[bool, int]:
    return (not stems.isdisjoint(vocabulary.everywhere), len(stems))


def _phrases(written: str, vocabulary: Vocabulary) -> Iterable[tuple[str, ...]]:
    for one in written.split("/"):
        if one.startswith("{"):
            name = one.strip("{}")
            if name not in vocabulary.classes:
                raise UnknownWordList(name)
            yield from vocabulary.classes[name]
        else:
            yield tuple(one.split("_"))


def _alternatives(phrases: Iterable[tuple[str, ...]], vocabulary: Vocabulary) -> tuple[str, frozenset[str]]:
    """Single words side by side, so that the regular expression has few branches; longer ones tried first."""
    singles, exact, longer, stems = set(), set(), set(), set()
    may_end = False
    for phrase in phrases:
        first = phrase[0]
        if first == "$":
            may_end = True
            continue
        stems.add(vocabulary.learn(first.removeprefix("=")))
        if len(phrase) > 1:
            longer.add("".join(_one_word(word, vocabulary) for word in phrase))
        elif first.startswith("="):
            exact.add(_one_word(first, vocabulary))
        else:
            singles.add(vocabulary.learn(first))
    branches = sorted(longer, key=len, reverse=True) + sorted(exact)
    if singles:
        branches.append(rf" (?:{'|'.join(sorted(singles))})\|[^ ]+")
    if may_end:
        branches.append("$")
        stems.clear()
    return (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})", frozenset(stems))


def _one_word(word: str, vocabulary: Vocabulary) -> str:
    if word.startswith("="):
        return rf" {vocabulary.learn(word[1:])}\|{word[1:]}(?![^ ])"
    return rf" {vocabulary.learn(word)}\|[^ ]+"
