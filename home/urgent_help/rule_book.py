"""Loads the rules of a language from its files, so that who knows the subject can read and mend them."""

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import snowballstemmer

from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import FOLDER
from home.urgent_help.patterns import Pattern, compile_pattern, compile_patterns
from home.urgent_help.vocabulary import Phrase, Spelling, Vocabulary
from home.urgent_help.weighing import LearntWeights, weights_of


@dataclass(frozen=True)
class Rule:
    """One thing that people say, in the several ways in which they say it."""

    name: str
    group: HelpGroup
    patterns: tuple[Pattern, ...]
    #: Where one of these overlaps what was found, something harmless was meant.
    unless: tuple[Pattern, ...]
    #: Whether it counts though somebody says that it is not so ("I am not …").
    counts_when_denied: bool
    #: Whether it counts though it was long ago.
    counts_when_past: bool
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


type Trial = tuple[Rule, Pattern]


@dataclass(frozen=True)
class Denial:
    """How a language says that something is not so."""

    #: From "not" up to that which is denied.
    before: Pattern
    #: Within that which was found.
    within: re.Pattern[str]
    #: From that which is denied up to the "not", in languages that end with it.
    after: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class RuleBook:
    language: str
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    #: Ways of speaking in which frightening words mean nothing: they are not read at all.
    idioms: Mapping[str, tuple[Pattern, ...]]
    #: By stem, what is worth trying on a sentence that has it.
    trials: Mapping[str, tuple[Trial, ...]]
    denial: Denial
    #: How much the words of a sentence must speak for a need where no rule finds anything.
    least_need: float
    #: How little the words around what a rule found must speak for a need, that it does not count.
    against_a_rule: float
    #: What says of something long ago that it came back.
    came_back: re.Pattern[str]
    past: tuple[Pattern, ...]
    present: tuple[Pattern, ...]
    #: It is over, and nobody needs help for it now.
    settled: tuple[Pattern, ...]

    @property
    def weights(self) -> LearntWeights:
        return weights_of(self.language)


@cache
def rule_book(language: str) -> RuleBook:
    """Load every rule of a language. Takes about half a second, once in the life of a process."""
    folder = FOLDER / language / "rules"
    words, speech = _file(folder, "words"), _file(folder, "ways_of_speaking")
    vocabulary = _vocabulary(words, speech["denial"]["words"])
    rules = tuple(rule for group in HelpGroup for rule in _rules(folder, group, vocabulary))
    idioms = _compiled([*speech["bereavement"]["patterns"], *speech["idioms"]["patterns"]], vocabulary)
    trials = [(rule, pattern) for rule in rules for pattern in rule.patterns]
    book = RuleBook(
        language=language,
        vocabulary=vocabulary,
        rules=rules,
        idioms=_by_stem((pattern, pattern.stems) for pattern in idioms),
        trials=_by_stem(((rule, pattern), pattern.stems) for rule, pattern in trials),
        denial=_denial(speech["denial"], vocabulary),
        least_need=words["language"].get("least_need", math.inf),
        against_a_rule=words["language"].get("against_a_rule", -math.inf),
        came_back=re.compile(rf"\|(?:{_any_of(speech['came_back']['words'])})(?= |$)"),
        past=_compiled(speech["past"]["patterns"], vocabulary),
        present=_compiled(speech["present"]["patterns"], vocabulary),
        settled=_compiled(speech["settled"]["patterns"], vocabulary),
    )
    for phrase in (phrase for expansion in vocabulary.expansions.values() for phrase in expansion):
        vocabulary.learn(phrase)
    spelt = vocabulary.spelling.of_rules
    vocabulary.learn_misspellings(map(spelt, words["often_misspelt"]["words"]))
    vocabulary.learn_swapped_letters(map(spelt, words["often_swapped"]["words"]))
    return book


def _vocabulary(words: Mapping[str, Any], denials: Iterable[str]) -> Vocabulary:
    language = words["language"]
    same = language.get("same_spelling", {}).items()
    spelling = Spelling(tuple((re.compile(written), compared) for written, compared in same))
    spelt = spelling.of_rules

    def phrase(written: str) -> Phrase:
        return tuple(spelt(written).split())

    return Vocabulary(
        spelling=spelling,
        endings=tuple(language["endings"]),
        stemmer=snowballstemmer.stemmer(language["stemmer"]).stemWord if "stemmer" in language else str,
        classes={name: tuple(map(phrase, phrases)) for name, phrases in words["lists"].items()},
        expansions={spelt(short): phrase(long) for short, long in words["expansions"].items()},
        compounds=tuple(map(spelt, language.get("compounds", ()))),
        rephrasings={spelt(said): spelt(meant) for said, meant in words["rephrasings"].items()},
        lookalikes=frozenset(map(spelt, words["lookalikes"]["words"])),
        denials=frozenset(map(spelt, denials)),
        everywhere=frozenset(map(spelt, words["everywhere"]["words"])),
    )


def _denial(written: Mapping[str, Any], vocabulary: Vocabulary) -> Denial:
    spelt = vocabulary.spelling.of_rules
    denials, harmless = _any_of(map(spelt, written["words"])), _any_of(map(spelt, written["but_not_before"]))
    unless = rf"(?! (?:{harmless})\|)"
    after = "|".join(pattern.expression for pattern in _compiled(written.get("after", ()), vocabulary))
    return Denial(
        before=compile_pattern(spelt(written["before"]), vocabulary),
        within=re.compile(rf" (?:{denials})\|[^ ]+(?= |$){unless}"),
        after=re.compile(rf"(?:{after}){unless}") if after else None,
    )


def _any_of(words: Iterable[str]) -> str:
    """Return an expression for these words; a star stands for any ending."""
    return "|".join(word.replace("*", r"\w*") for word in sorted(words))


def _rules(folder: Path, group: HelpGroup, vocabulary: Vocabulary) -> Iterable[Rule]:
    content = _file(folder, group)
    usual = {"counts_when_denied": False, "counts_when_past": False} | content.get("usually", {})
    for name, written in content["rules"].items():
        settings = usual | written
        yield Rule(
            name=name,
            group=group,
            patterns=_compiled(settings["patterns"], vocabulary),
            unless=_compiled(settings.get("unless", ()), vocabulary),
            counts_when_denied=settings["counts_when_denied"],
            counts_when_past=settings["counts_when_past"],
            catches=tuple(settings["catches"]),
            leaves=tuple(settings["leaves"]),
        )


def _by_stem[Entry](entries: Iterable[tuple[Entry, frozenset[str]]]) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry, stems in entries:
        for stem in stems:
            index[stem].append(entry)
    return {stem: tuple(found) for stem, found in index.items()}


def _compiled(patterns: Iterable[str], vocabulary: Vocabulary) -> tuple[Pattern, ...]:
    return tuple(compile_patterns(map(vocabulary.spelling.of_rules, patterns), vocabulary))


def _file(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text())
