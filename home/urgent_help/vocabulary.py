"""The words that the rules are made of: their forms, how they are misspelt, and lists of them by name."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from home.urgent_help.sentences import without_accents

_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_VOWELS = frozenset("aeiou")
#: Short words are like too many others.
_FEWEST_LETTERS_TO_CORRECT = 6
_MOST_LETTERS_TO_CORRECT = 20
_FEWEST_LETTERS_WITH_FORMS = 3
_FEWEST_LETTERS_OF_A_PART = 3
_LETTERS_THAT_FORMS_SHARE = 2
_FIGURES_FOR_LETTERS = str.maketrans("013457@$", "oieast" + "as")


type Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """How the words of a language are brought to one spelling, in rules and in what is read alike."""

    #: Letters that are written in two ways, and the way in which they are compared: “ae” as “a”.
    same: tuple[tuple[re.Pattern[str], str], ...]

    def __call__(self, words: str) -> str:
        for written, compared in self.same:
            words = written.sub(compared, words)
        return words

    def of_rules(self, words: str) -> str:
        return self(without_accents(words))


@dataclass(frozen=True)
class Vocabulary:
    """Every word of a language that a rule can name, in every form.

    A word is stored beside its stem as "stem|word", so that a rule can ask for either. The stemmer is asked
    only about words that may be a form of one that a rule names: to stem all of a text would take ten times
    as long.
    """

    spelling: Spelling
    #: What forms of a word end in. The stemmer decides whether one is.
    endings: tuple[str, ...]
    classes: Mapping[str, tuple[Phrase, ...]]
    expansions: Mapping[str, Phrase]
    #: With what words begin that are read as two: “suizid” in “suizidgedanken”.
    compounds: tuple[str, ...]
    #: Phrases that say the same as another: "not think i can" as "can not". Longest first.
    rephrasings: Mapping[str, str]
    lookalikes: frozenset[str]
    denials: frozenset[str]
    #: Words that are in almost every sentence: they do not tell which patterns are worth trying.
    everywhere: frozenset[str]
    #: Cuts the ending off a word.
    stemmer: Callable[[str], str]
    #: By word: those that rules name, and such forms of them as were met. No other word is kept.
    _stems: dict[str, str] = field(default_factory=dict)
    _known_stems: set[str] = field(default_factory=set)
    _near: dict[str, str] = field(default_factory=dict)
    #: Words that people write with stars in them: "s*icide".
    _hidden: set[str] = field(default_factory=set)
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
            for form in (word, *_forms(word, self.endings)):
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
        sentence = (
            f" {' '.join(self._spelt_out(map(self.spelling, words) if self.spelling.same else words))} "
        )
        for said, meant in self.rephrasings.items():
            sentence = sentence.replace(f" {said} ", f" {meant} ")
        return "".join(f" {self._stem(word) or word}|{word}" for word in sentence.split())

    def is_form(self, word: str, other: str) -> bool:
        """Return whether both are forms of one word, which no rule need know."""
        if word == other:
            return True
        begins_alike = word[:_LETTERS_THAT_FORMS_SHARE] == other[:_LETTERS_THAT_FORMS_SHARE]
        return begins_alike and self._ask(word) == self._ask(other)

    def _stem(self, word: str) -> str | None:
        """Return the stem of a word that the rules name in some form, and None for any other."""
        known = self._stems.get(word)
        if known is None and any(
            base in self._stems or base in self._known_stems for base in _bases(word, self.endings)
        ):
            stem = self._ask(word)
            if stem in self._known_stems:
                known = self._stems[word] = stem
        return known

    def _ask(self, word: str) -> str:
        with self._one_at_a_time:
            return self.stemmer(word)

    def _spelt_out(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            known = self._known(word)
            if known in self.expansions:
                yield from self.expansions[known]
            elif self.compounds and not self._is_known(known):
                yield from _taken_apart(known, self.compounds)
            else:
                yield known

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


def _taken_apart(word: str, compounds: tuple[str, ...]) -> Iterator[str]:
    for first in compounds:
        if word.startswith(first) and len(word) - len(first) >= _FEWEST_LETTERS_OF_A_PART:
            yield first
            yield word[len(first) :]
            return
    yield word


def _forms(word: str, endings: Iterable[str]) -> Iterator[str]:
    """Yield candidates for the forms of a word. The stemmer decides which of them are."""
    yield from (word + ending for ending in endings)
    if word.endswith("e"):
        yield from (word[:-1] + ending for ending in endings if ending[0] in _VOWELS)


def _bases(word: str, endings: Iterable[str]) -> Iterator[str]:
    """Yield candidates for the word that another is a form of."""
    for ending in endings:
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
