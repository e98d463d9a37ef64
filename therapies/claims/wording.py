"""Rules on the words of a page, read from `rules.toml`. Pure: passages in, findings out."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.claim_findings import ClaimFinding, ClaimRule, PagePassage, finding
from therapies.claims.reading_grade import WORD, hardest_sentence, reading_grade
from therapies.contradictions.amounts import NameFinder, sentences

DENIAL = re.compile(r"\b(no|not|never|nobody|cannot|without|nor|neither)\b|n[’']t\b", re.IGNORECASE)
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule of the file with its patterns."""

    rule: ClaimRule
    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    settings: Mapping[str, Any]

    def claims_in(self, sentence: str) -> Iterator[re.Match[str]]:
        """Yield the words that the rule finds, unless the sentence takes them back."""
        for match in self.pattern.finditer(sentence):
            if not DENIAL.search(sentence[: match.start()]) and not self.unless.search(sentence):
                yield match


def read_rules(path: Path) -> dict[str, WordRule]:
    return {key: _rule(key, entry) for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _rule(key: str, entry: Mapping[str, Any]) -> WordRule:
    titles = "|".join(re.escape(title) for title in entry.get("titles", ()))
    patterns = [pattern.replace("{titles}", titles) for pattern in entry.get("patterns", ())]
    return WordRule(
        ClaimRule(
            key,
            entry["name"],
            entry["advice"],
            tuple(entry.get("catches", ())),
            tuple(entry.get("leaves", ())),
        ),
        _any_of(patterns),
        _any_of(entry.get("unless", ())),
        entry,
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else NOTHING


RULES = read_rules(Path(__file__).with_name("rules.toml"))


@dataclass(frozen=True, slots=True)
class KnownEvidence:
    """The therapies and concerns by their names, and the pairs for which evidence in favour is recorded.

    `therapy` and `concern` are what the page is about, or empty.
    """

    therapies: Mapping[str, Sequence[str]]
    concerns: Mapping[str, Sequence[str]]
    pairs: frozenset[tuple[str, str]]
    therapy: str = ""
    concern: str = ""

    def concerns_by_name(self) -> dict[str, set[str]]:
        """Return the concerns that each name may mean: “panic” can be one of two."""
        called: dict[str, set[str]] = {}
        for key, names in self.concerns.items():
            for name in names:
                called.setdefault(name.casefold(), set()).add(key)
        return called


def promises(passages: Iterable[PagePassage]) -> Iterator[ClaimFinding]:
    """Yield each absolute promise."""
    yield from _found(RULES["promise"], passages)


def titles_claimed(passages: Iterable[PagePassage]) -> Iterator[ClaimFinding]:
    """Yield each protected title that somebody claims in their own words."""
    yield from _found(RULES["title"], passages)


def protected_title(text: str) -> str:
    """Return the protected title that stands in somebody's job title, or an empty string."""
    titles = RULES["title"].settings["titles"]
    return next((title for title in titles if re.search(rf"\b{title}\b", text, re.IGNORECASE)), "")


def says_that_it_helps(passages: Iterable[PagePassage]) -> bool:
    """Return whether there is anything to ask the evidence about."""
    rule = RULES["efficacy"]
    return any(any(rule.claims_in(sentence)) for one in passages for sentence in sentences(one.text))


def unsupported_efficacy(passages: Iterable[PagePassage], known: KnownEvidence) -> Iterator[ClaimFinding]:
    """Yield each sentence that says of a therapy that it helps with a concern, without evidence for that."""
    rule = RULES["efficacy"]
    therapies = NameFinder(known.therapies)
    called = known.concerns_by_name()
    concerns = NameFinder({name: [name] for name in called})
    for passage in passages:
        for sentence in sentences(passage.text):
            for match in rule.claims_in(sentence):
                therapy = therapies.last_before(sentence, match.end()) or known.therapy
                named = next((name for _, _, name in concerns.in_text(sentence[match.start() :])), None)
                meant = called[named] if named else {known.concern} - {""}
                if therapy and meant and not any((therapy, concern) in known.pairs for concern in meant):
                    yield finding(rule.rule, passage, sentence)


def hard_words(field: str, passages: Iterable[PagePassage]) -> Iterator[ClaimFinding]:
    """Yield the hardest sentence of a text that asks for too many years of school.

    Only whole sentences count: headings have no full stop, and would make a text look easier than it is.
    """
    rule = RULES["reading-age"]
    text = " ".join(one.text for one in passages if one.text.endswith((".", "?", "!")))
    if len(WORD.findall(text)) < rule.settings["fewest_words"]:
        return
    if reading_grade(text) > rule.settings["most_years"]:
        yield finding(rule.rule, PagePassage(field, text), hardest_sentence(text))


def _found(rule: WordRule, passages: Iterable[PagePassage]) -> Iterator[ClaimFinding]:
    for passage in passages:
        for sentence in sentences(passage.text):
            for match in rule.claims_in(sentence):
                yield finding(rule.rule, passage, match[0])
