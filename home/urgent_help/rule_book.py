"""Loads the rules from the files beside this one, so that who knows the subject can read and mend them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from home.urgent_help.groups import HelpGroup
from home.urgent_help.patterns import Pattern, compile_pattern, compile_patterns
from home.urgent_help.vocabulary import Vocabulary

FOLDER = Path(__file__).parent / "rules"


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
class RuleBook:
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    #: Ways of speaking in which frightening words mean nothing: they are not read at all.
    idioms: Mapping[str, tuple[Pattern, ...]]
    #: By stem, what is worth trying on a sentence that has it.
    trials: Mapping[str, tuple[Trial, ...]]
    #: What may stand between "not" and that which is denied.
    denial: Pattern
    past: tuple[Pattern, ...]
    present: tuple[Pattern, ...]
    #: It is over, and nobody needs help for it now.
    settled: tuple[Pattern, ...]


@cache
def rule_book() -> RuleBook:
    """Load every rule. Takes about half a second, once in the life of a process."""
    words = _file("words")
    vocabulary = Vocabulary(
        classes={
            name: tuple(tuple(phrase.split()) for phrase in phrases)
            for name, phrases in words["lists"].items()
        },
        expansions={short: tuple(long.split()) for short, long in words["expansions"].items()},
        rephrasings=words["rephrasings"],
        lookalikes=frozenset(words["lookalikes"]["words"]),
        everywhere=frozenset(words["everywhere"]["words"]),
    )
    speech = _file("ways_of_speaking")
    rules = tuple(rule for group in HelpGroup for rule in _rules(group, vocabulary))
    idioms = _compiled([*speech["bereavement"]["patterns"], *speech["idioms"]["patterns"]], vocabulary)
    trials = [(rule, pattern) for rule in rules for pattern in rule.patterns]
    book = RuleBook(
        vocabulary=vocabulary,
        rules=rules,
        idioms=_by_stem((pattern, pattern.stems) for pattern in idioms),
        trials=_by_stem(((rule, pattern), pattern.stems) for rule, pattern in trials),
        denial=compile_pattern(speech["denial"]["pattern"], vocabulary),
        past=_compiled(speech["past"]["patterns"], vocabulary),
        present=_compiled(speech["present"]["patterns"], vocabulary),
        settled=_compiled(speech["settled"]["patterns"], vocabulary),
    )
    for phrase in (phrase for expansion in vocabulary.expansions.values() for phrase in expansion):
        vocabulary.learn(phrase)
    vocabulary.learn_misspellings(words["often_misspelt"]["words"])
    vocabulary.learn_swapped_letters(words["often_swapped"]["words"])
    return book


def _rules(group: HelpGroup, vocabulary: Vocabulary) -> Iterable[Rule]:
    content = _file(group)
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
    return tuple(compile_patterns(patterns, vocabulary))


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())
