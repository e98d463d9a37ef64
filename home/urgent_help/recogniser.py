"""Which kinds of urgent help some words may ask for.

It knows words, not people: it makes no diagnosis, and misses some and mistakes others. So it may only ever
add help to a page or ask a person to read; it never blocks, refuses or labels. It keeps and logs nothing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from home.urgent_help.groups import HelpGroup
from home.urgent_help.patterns import DENIALS, Pattern
from home.urgent_help.rule_book import Rule, RuleBook, rule_book
from home.urgent_help.sentences import sentences
from home.urgent_help.weighing import AGAINST_A_RULE, LEAST, kind_of, need_of

_STEM = re.compile(r" ([^ |]+)\|")
_WORD = re.compile(r" [^ ]+")
_MASK = " #|#"
_DENIAL_WITHIN = re.compile(
    rf" (?:{'|'.join(sorted(DENIALS))})\|[^ ]+(?= |$)(?! (?:stop|quit|let|only|onli|just|care|leav|give)\|)"
)
_CAME_BACK = re.compile(r"\|(?:again|still|back|relaps\w*|start\w*|began|begun|worse)(?= |$)")
#: How far, in letters of a read sentence, a word about time or a denial speaks for what was found.
_NEARBY = 130
#: How many words on each side of what a rule found are weighed with it.
_WORDS_AROUND = (2, 7)


@dataclass(frozen=True)
class OwnPhrase:
    """Words that a practice adds to the rules. They are found as they stand: whole words, in this order."""

    words: str
    group: HelpGroup


def recognise(text: str, own_phrases: Iterable[OwnPhrase] = ()) -> frozenset[HelpGroup]:
    """Return the kinds of help that the words may ask for, often none. Never raises."""
    book = rule_book()
    found: set[HelpGroup] = set()
    phrases = list(own_phrases)
    for words in sentences(text):
        sentence = book.vocabulary.read(words)
        found.update(phrase.group for phrase in phrases if _says(sentence, phrase, book))
        plain = _without_idioms(sentence, book)
        by_rules, was_taken_back = _groups_in(plain, book, found)
        found.update(by_rules)
        if not (by_rules or was_taken_back) and _speaks_for_help(plain):
            found.add(kind_of(plain))
    return frozenset(found)


def _speaks_for_help(sentence: str) -> bool:
    need = need_of(sentence)
    return need is not None and need > LEAST


def _says(sentence: str, phrase: OwnPhrase, book: RuleBook) -> bool:
    wanted = [book.vocabulary.read(words) for words in sentences(phrase.words)]
    return any(f"{words} " in f"{sentence} " for words in wanted)


def _without_idioms(sentence: str, book: RuleBook) -> str:
    for stem in _stems(sentence):
        for pattern in book.idioms.get(stem, ()):
            sentence = pattern.regex.sub(lambda match: _WORD.sub(_MASK, match[0]), sentence)
    return sentence


def _groups_in(sentence: str, book: RuleBook, known: Collection[HelpGroup]) -> tuple[set[HelpGroup], bool]:
    """Return what the rules find, and whether they found words and took them back: those are understood."""
    found: set[HelpGroup] = set()
    was_taken_back = False
    stems = _stems(sentence)
    for stem in stems:
        for rule, pattern in book.trials.get(stem, ()):
            if rule.group in found or rule.group in known:
                continue
            for match in pattern.regex.finditer(sentence):
                if _counts(rule, pattern, match, stems, book):
                    found.add(rule.group)
                    break
                was_taken_back = True
    return found, was_taken_back


def _stems(sentence: str) -> frozenset[str]:
    return frozenset(_STEM.findall(sentence))


def _counts(
    rule: Rule, pattern: Pattern, found: re.Match[str], stems: frozenset[str], book: RuleBook
) -> bool:
    return not (
        _is_harmless(rule, found, stems)
        or (not rule.counts_when_denied and _is_denied(pattern, found, book))
        or _is_over(book.settled if rule.counts_when_past else (*book.past, *book.settled), found, book)
        or _is_outweighed(found)
    )


def _is_outweighed(found: re.Match[str]) -> bool:
    """Tell whether the words around speak clearly against what was found, the nearest and those further off.

    Only the nearest would not see what is told, and ordinary words far off must never hide one that is not.
    Nothing outweighs words that say that it came back.
    """
    if _CAME_BACK.search(_nearby(found)):
        return False
    before = found.string[: found.start()].split()
    after = found.string[found.end() :].split()
    for around in _WORDS_AROUND:
        words = (*before[-around:], *found[0].split(), *after[:around])
        need = need_of("".join(f" {word}" for word in words))
        if need is None or need > AGAINST_A_RULE:
            return False
    return True


def _is_harmless(rule: Rule, found: re.Match[str], stems: frozenset[str]) -> bool:
    return any(
        other.start() < found.end() and found.start() < other.end()
        for pattern in rule.unless
        if not pattern.stems.isdisjoint(stems)
        for other in pattern.regex.finditer(found.string)
    )


def _is_denied(pattern: Pattern, found: re.Match[str], book: RuleBook) -> bool:
    if not pattern.denies and _DENIAL_WITHIN.search(found[0]):
        return True
    before = found.string[max(0, found.start() - _NEARBY) : found.start()]
    return bool(book.denial.regex.search(before))


def _is_over(signs: Iterable[Pattern], found: re.Match[str], book: RuleBook) -> bool:
    nearby = _nearby(found)
    return _any(signs, nearby) and not _any(book.present, nearby)


def _nearby(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _NEARBY) : found.end() + _NEARBY]


def _any(patterns: Iterable[Pattern], text: str) -> bool:
    return any(pattern.regex.search(text) for pattern in patterns)
