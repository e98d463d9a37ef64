"""Sentences of people who need urgent help, and of others: what the weights are learnt from."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from home.urgent_help.groups import HelpGroup
from home.urgent_help.language_files import FOLDER
from home.urgent_help.rule_book import rule_book

type Example = tuple[HelpGroup | None, str]


def written_examples(folder: Path) -> Iterator[Example]:
    """Yield each sentence in the files of a folder, with the help that it asks for, if any."""
    for path in sorted(folder.rglob("*.toml")):
        for heading, sentences in tomllib.loads(path.read_text()).items():
            group = HelpGroup(heading) if path.stem == "need_help" else None
            yield from ((group, sentence) for sentence in sentences)


def examples(language: str) -> list[Example]:
    """Return every sentence of a language to learn from: its `examples/`, and those that its rules give."""
    rules = rule_book(language).rules
    given = [(rule.group, sentence) for rule in rules for sentence in rule.catches]
    left = [(None, sentence) for rule in rules for sentence in rule.leaves]
    return [*written_examples(FOLDER / language / "examples"), *given, *left]


def fingerprint(learnt_from: list[Example]) -> str:
    """Return what tells whether the weights were learnt from just these sentences."""
    lines = "\n".join(f"{group or ''}\t{sentence}" for group, sentence in learnt_from)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
