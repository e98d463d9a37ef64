"""Which kinds of urgent help some words may ask for.

It knows words, not people: it makes no diagnosis, and misses some and mistakes others. So it may only ever
add help to a page or ask a person to read; it never blocks, refuses or labels. It keeps and logs nothing.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from home.urgent_help.groups import HelpGroup
from home.urgent_help.patterns import Pattern
from home.urgent_help.rule_book import Rule, RuleBook, rule_book
from home.urgent_help.sentences import sentences

_STEM = re.compile(r" ([^ |]+)\|")
_WORD = re.compile(r" [^ ]+")
_MASK = " #|#"
#: How far, in letters of a read sentence, a word about time or a denial speaks for what was found.
_NEARBY = 130
#: How many words on each side of what a rule found are weighed with it.
_WORDS_AROUND = (2, 7)
#: By how many usual words of another language a sentence is not in this one.
_FAR_AHEAD = 2


@dataclass(frozen=True)
class OwnPhrase:
    """Words that a practice adds to the rules. They are found as whole words in this order, in any form."""

    words: str
    group: HelpGroup


def recognise(
    text: str, languages: Iterable[str], own_phrases: Iterable[OwnPhrase] = ()
) -> frozenset[HelpGroup]:
    """Return the kinds of help that the words may ask for in any of the languages. Often none; never raises.

    Each language must have rules. One that a sentence is clearly not written in is not asked about it.
    """
    books = [rule_book(language) for language in languages]
    own = [
        (book, phrase.group, said) for book in books for phrase in own_phrases for said in _said(phrase, book)
    ]
    found: set[HelpGroup] = set()
    for words in sentences(text):
        asked = _of_the_language(words, books)
        for book in books if own else asked:
            sentence = book.vocabulary.read(words)
            found.update(group for of, group, said in own if of is book and _says(sentence, said, book))
            if book in asked:
                found.update(_meant(sentence, book, found))
    return frozenset(found)


def _of_the_language(words: Collection[str], books: Sequence[RuleBook]) -> Sequence[RuleBook]:
    """Return the rules of each language that the words may be in, judged by the usual words of each.

    People mix languages, and few words say little: a language is left out only where it has no usual word and
    another has, or where another is far ahead.
    """
    if len(books) < 2:
        return books
    usual = [sum(word in book.vocabulary.everywhere for word in words) for book in books]
    most = max(usual)
    return [
        book
        for book, count in zip(books, usual, strict=True)
        if count == most or (count and count + _FAR_AHEAD > most)
    ]


def _meant(sentence: str, book: RuleBook, known: Collection[HelpGroup]) -> set[HelpGroup]:
    plain = _without_idioms(sentence, book)
    found, was_taken_back = _groups_in(plain, book, known)
    if not (found or was_taken_back) and _speaks_for_help(plain, book):
        found.add(book.weights.kind_of(plain))
    return found


def _speaks_for_help(sentence: str, book: RuleBook) -> bool:
    need = book.weights.need_of(sentence)
    return need is not None and need > book.least_need


def _said(phrase: OwnPhrase, book: RuleBook) -> Iterable[list[str]]:
    return (_words(book.vocabulary.read(words)) for words in sentences(phrase.words))


def _says(sentence: str, phrase: Sequence[str], book: RuleBook) -> bool:
    words = _words(sentence)
    is_form = book.vocabulary.is_form
    return any(
        all(map(is_form, words[start : start + len(phrase)], phrase))
        for start in range(len(words) - len(phrase) + 1)
    )


def _words(sentence: str) -> list[str]:
    return [token.partition("|")[2] for token in sentence.split()]


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
    has = frozenset(stems)
    for stem in stems:
        for rule, pattern in book.trials.get(stem, ()):
            if not pattern.regex.search(sentence) or rule.group in found or rule.group in known:
                continue
            for match in pattern.regex.finditer(sentence):
                if _counts(rule, pattern, match, has, book):
                    found.add(rule.group)
                    break
                was_taken_back = True
    return found, was_taken_back


def _stems(sentence: str) -> tuple[str, ...]:
    """Return each stem once, in the order of the words: what is found must not differ between processes."""
    return tuple(dict.fromkeys(_STEM.findall(sentence)))


def _counts(
    rule: Rule, pattern: Pattern, found: re.Match[str], stems: frozenset[str], book: RuleBook
) -> bool:
    return not (
        _is_harmless(rule, found, stems)
        or (not rule.counts_when_denied and _is_denied(pattern, found, book))
        or _is_over(book.settled if rule.counts_when_past else (*book.past, *book.settled), found, book)
        or _is_outweighed(found, book)
    )


def _is_outweighed(found: re.Match[str], book: RuleBook) -> bool:
    """Tell whether the words around speak clearly against what was found, the nearest and those further off.

    Only the nearest would not see what is told, and ordinary words far off must never hide one that is not.
    Nothing outweighs words that say that it came back.
    """
    if book.came_back.search(_nearby(found)):
        return False
    before = found.string[: found.start()].split()
    after = found.string[found.end() :].split()
    for around in _WORDS_AROUND:
        words = (*before[-around:], *found[0].split(), *after[:around])
        need = book.weights.need_of("".join(f" {word}" for word in words))
        if need is None or need > book.against_a_rule:
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
    denial = book.denial
    if not pattern.denies and denial.within.search(found[0]):
        return True
    before = found.string[max(0, found.start() - _NEARBY) : found.start()]
    if denial.before.regex.search(before):
        return True
    after = found.string[found.end() : found.end() + _NEARBY]
    return bool(denial.after and denial.after.search(after))


def _is_over(signs: Iterable[Pattern], found: re.Match[str], book: RuleBook) -> bool:
    nearby = _nearby(found)
    return _any(signs, nearby) and not _any(book.present, nearby)


def _nearby(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _NEARBY) : found.end() + _NEARBY]


def _any(patterns: Iterable[Pattern], text: str) -> bool:
    return any(pattern.regex.search(text) for pattern in patterns)
