"""The words that the rules are made of: their forms, how they are misspelt, and lists of them by name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

import snowballstemmer

_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_VOWELS = frozenset("aeiou")
#: Short words are like too many others.
_FEWEST_LETTERS_TO_CORRECT = 6
_MOST_LETTERS_TO_CORRECT = 20
_FEWEST_LETTERS_WITH_FORMS = 3
_FIGURES_FOR_LETTERS = str.maketrans("013457@$", "oieast" + "as")


@dataclass(frozen=True)
class Vocabulary:
    """Every word that a rule can name, in every form.

    A word is stored beside its stem as "stem|word", so that a rule can ask for either. The stemmer is asked
    only about words that may be a form of one that a rule names: to stem all of a text would take ten times
    as long.
    """

    classes: Mapping[str, tuple[tuple[str, ...], ...]]
    expansions: Mapping[str, tuple[str, ...]]
    #: Phrases that say the same as another: "not think i can" as "can not". Longest first.
    rephrasings: Mapping[str, str]
    lookalikes: frozenset[str]
    #: Words that are in almost every sentence: they do not tell which patterns are worth trying.
    everywhere: frozenset[str]
    #: By word: those that rules name, and such forms of them as were met. No other word is kept.
    _stems: dict[str, str] = field(default_factory=dict)
    _known_stems: set[str] = field(default_factory=set)
    _near: dict[str, str] = field(default_factory=dict)
    #: Words that people write with stars in them: "s*icide".
    _hidden: set[str] = field(default_factory=set)
    _stemmer: snowballstemmer.english_stemmer.EnglishStemmer = field(
        default_factory=lambda: snowballstemmer.stemmer("english")
    )

    #: The stemmer works in a buffer of its own.
    _one_at_a_time: Lock = field(default_factory=Lock)

    def learn(self, word: str) -> str:
        """Return the stem of a word that a rule names, and know its forms from now on."""
        if word not in self._stems:
            self._stems[word] = self._ask(word)
            self._known_stems.add(self._stems[word])
        return self._stems[word]

    def learn_misspellings(self, words: Iterable[str]) -> None:
        """From now on read one wrong, missing, doubled or swapped letter in the forms of these words."""
        for word in words:
            self._hidden.add(word)
            for form in (word, *_forms(word)):
                if len(form) >= _FEWEST_LETTERS_TO_CORRECT and self._stem(form) == self.learn(word):
                    for shortened in _shortened(form):
                        self._near.setdefault(shortened, form)

    def learn_swapped_letters(self, words: Iterable[str]) -> None:
        """From now on read two neighbouring letters that changed places in these words."""
        for word in words:
            self._hidden.add(word)
            for place in range(len(word) - 1):
                first, second = word[place], word[place + 1]
                self._near.setdefault(word[:place] + second + first + word[place + 2 :], word)

    def read(self, words: Iterable[str]) -> str:
        """Return a sentence as the patterns match it: " i|i want|wanted to|to die|die"."""
        sentence = f" {' '.join(self._spelt_out(words))} "
        for said, meant in self.rephrasings.items():
            sentence = sentence.replace(f" {said} ", f" {meant} ")
        return "".join(f" {self._stem(word) or word}|{word}" for word in sentence.split())

    def _stem(self, word: str) -> str | None:
        """Return the stem of a word that the rules name in some form, and None for any other."""
        known = self._stems.get(word)
        if known is None and any(base in self._stems or base in self._known_stems for base in _bases(word)):
            stem = self._ask(word)
            if stem in self._known_stems:
                known = self._stems[word] = stem
        return known

    def _ask(self, word: str) -> str:
        with self._one_at_a_time:
            return self._stemmer.stemWord(word)

    def _spelt_out(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            known = self._known(word)
            yield from self.expansions.get(known, (known,))

    def _known(self, word: str) -> str:
        """Return the word as the rules spell it, or as it is where they do not know it."""
        if self._is_known(word):
            return word
        if "*" in word:
            return next((hidden for hidden in self._hidden if _may_be(word, hidden)), word)
        for spelt in _respelt(word):
            if self._is_known(spelt):
                return spelt
        return self._corrected(word)

    def _is_known(self, word: str) -> bool:
        return word in self.expansions or self._stem(word) is not None

    def _corrected(self, word: str) -> str:
        if word in self.lookalikes or len(word) > _MOST_LETTERS_TO_CORRECT:
            return word
        if len(word) < _FEWEST_LETTERS_TO_CORRECT - 1:
            return self._near.get(word, word)
        for shortened in _shortened(word):
            if (form := self._near.get(shortened)) and abs(len(form) - len(word)) <= 1:
                return form
        return word


def _respelt(word: str) -> Iterator[str]:
    """Yield “die” for “diiiie”, “kill” for “killlll” and for “k1ll”."""
    if any(character.isdigit() for character in word) and not word.isdigit():
        yield word.translate(_FIGURES_FOR_LETTERS)
    if _DRAWN_OUT.search(word):
        yield _DRAWN_OUT.sub(r"\1\1", word)
        yield _DRAWN_OUT.sub(r"\1", word)


def _may_be(starred: str, word: str) -> bool:
    return len(starred) == len(word) and all(
        shown in ("*", letter) for shown, letter in zip(starred, word, strict=True)
    )


def _shortened(word: str) -> Iterator[str]:
    """Yield the word, and it without each letter but the first: two words that share one are a slip apart."""
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "al", "ive", "e")


def _forms(word: str) -> Iterator[str]:
    """Yield candidates for the forms of an English word. The stemmer decides which of them are."""
    yield from (word + ending for ending in _ENDINGS)
    if word.endswith("e"):
        yield from (word[:-1] + ending for ending in ("er", "ers", "ing", "al", "ive"))


def _bases(word: str) -> Iterator[str]:
    """Yield candidates for the word that another is a form of."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST_LETTERS_WITH_FORMS - 1:
            base = word[: -len(ending)]
            yield base
            if ending[0] in _VOWELS:
                yield base + "e"
                if len(base) > 1 and base[-1] == base[-2]:
                    yield base[:-1]
            if base.endswith("i"):
                yield base[:-1] + "y"
            if base.endswith("y"):
                yield base[:-1] + "ie"
