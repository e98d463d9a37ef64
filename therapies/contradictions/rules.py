"""Rules that find where an article's words contradict the facts. Pure: texts and facts in, findings out.

Editors see a finding as a warning, and may publish all the same: words can be right where a rule is not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from therapies.contradictions.amounts import AMOUNT, NameFinder, StatedAmount, amounts, sentences

ALSO_KNOWN_AS = re.compile(
    r"\b(?:also|otherwise|sometimes|or)\s+(?:also\s+)?(?:known?|called|named|referred\s+to)(?:\s+as)?"
    r"[\s:]+(?:the\s+|an?\s+)?[“”\"'‘’]?",
    re.IGNORECASE,
)
CONTRAST = re.compile(
    r"\b(?:differences?\s+between|differs?\s+from|unlike|whereas|compared\s+(?:with|to)|in\s+contrast"
    r"|on\s+the\s+other\s+hand|versus|vs)\b",
    re.IGNORECASE,
)
SHORT_TERM = re.compile(r"\b(?:short|brief)(?:er)?[\s-]term\b", re.IGNORECASE)
LONG_TERM = re.compile(r"\blong(?:er)?[\s-]term\b", re.IGNORECASE)
LENGTHS = ("sessions", "weeks", "months")


@dataclass(frozen=True, slots=True)
class RecordedRange:
    """“12 to 16 sessions”; either end may be open."""

    minimum: int | None
    maximum: int | None
    unit: str
    words: str

    def allows(self, amount: StatedAmount) -> bool:
        low_enough = self.maximum is None or amount.high <= self.maximum
        return low_enough and (self.minimum is None or amount.low >= self.minimum)


@dataclass(frozen=True, slots=True)
class KnownTherapy:
    """A therapy as its facts describe it."""

    key: str
    title: str
    abbreviation: str = ""
    other_names: tuple[str, ...] = ()
    ranges: tuple[RecordedRange, ...] = ()

    @property
    def own_names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.title, self.abbreviation) if name)

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.title


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: the rule that found it, the words, and the message for the editor."""

    rule: str
    quote: str
    message: str


def worth_comparing(texts: Iterable[str]) -> bool:
    """Return whether texts say anything that facts could contradict: a length, or another name."""
    return any(
        pattern.search(text) for text in texts for pattern in (AMOUNT, ALSO_KNOWN_AS, SHORT_TERM, LONG_TERM)
    )


def contradictions(
    texts: Iterable[str], known: Sequence[KnownTherapy], about: KnownTherapy | None = None
) -> list[Finding]:
    """Return where these texts contradict the facts, each finding once.

    `about` is the therapy that a sentence means if it names none. Leave it out for a page about several.
    """
    found = list(_aliases_of_others(about, known)) if about else []
    names = NameFinder({therapy.key: therapy.own_names for therapy in known})
    by_key = {therapy.key: therapy for therapy in known}
    in_sentences = [sentence for text in texts for sentence in sentences(text)]
    for sentence in in_sentences:
        found += _said_to_be_another(sentence, names, by_key, about)
        found += _amounts_unlike_the_facts(sentence, names, by_key, about)
        if about:
            found += _alias_in_contrast(sentence, about)
    found += _both_short_and_long(in_sentences, names, by_key, about)
    return list(dict.fromkeys(found))


def _aliases_of_others(about: KnownTherapy, known: Sequence[KnownTherapy]) -> Iterator[Finding]:
    for other in known:
        if other.key == about.key:
            continue
        taken = {name.casefold() for name in (*other.own_names, *other.other_names)}
        for alias in about.other_names:
            if alias.casefold() in taken:
                yield Finding(
                    "alias",
                    alias,
                    _("“%(alias)s” is given as another name of %(therapy)s, but it is a name of %(other)s.")
                    % {"alias": alias, "therapy": about.short_name, "other": other.title},
                )


def _alias_in_contrast(sentence: str, about: KnownTherapy) -> Iterator[Finding]:
    if not about.other_names or not CONTRAST.search(sentence):
        return
    for _start, words, _owner in NameFinder({about.key: about.other_names}).in_text(sentence):
        if words.casefold() not in {name.casefold() for name in about.own_names}:
            yield Finding(
                "alias_in_contrast",
                sentence,
                _("“%(alias)s” is given as another name of %(therapy)s and contrasted with it: “%(quote)s”")
                % {"alias": words, "therapy": about.short_name, "quote": _short(sentence)},
            )


def _said_to_be_another(
    sentence: str, names: NameFinder, by_key: dict[str, KnownTherapy], about: KnownTherapy | None
) -> Iterator[Finding]:
    for match in ALSO_KNOWN_AS.finditer(sentence):
        named = names.at_start(sentence[match.end() :])
        subject = names.last_before(sentence, match.start()) or (about.key if about else None)
        if named and subject and named != subject:
            yield Finding(
                "also_known_as",
                sentence,
                _("The text calls %(therapy)s by the name of %(other)s: “%(quote)s”")
                % {
                    "therapy": by_key[subject].short_name,
                    "other": by_key[named].title,
                    "quote": _short(sentence),
                },
            )


def _amounts_unlike_the_facts(
    sentence: str, names: NameFinder, by_key: dict[str, KnownTherapy], about: KnownTherapy | None
) -> Iterator[Finding]:
    said = [
        (names.last_before(sentence, amount.at) or (about.key if about else None), amount)
        for amount in amounts(sentence)
    ]
    for subject, amount in said:
        if subject is None:
            continue
        therapy = by_key[subject]
        of_unit = [recorded for recorded in therapy.ranges if recorded.unit == amount.unit]
        finding = partial(Finding, quote=sentence)
        words = {"quote": amount.quote, "therapy": therapy.short_name}
        if of_unit and not any(recorded.allows(amount) for recorded in of_unit):
            recorded_words = _(" and ").join(recorded.words for recorded in of_unit)
            yield finding(
                "outside_range",
                message=_("“%(quote)s” does not fit what is recorded for %(therapy)s: %(recorded)s.")
                % (words | {"recorded": recorded_words}),
            )
        lengths = [recorded for recorded in therapy.ranges if recorded.unit in LENGTHS]
        counted = {other.unit for key, other in said if key == subject}
        if amount.unit in LENGTHS and lengths and not counted & {recorded.unit for recorded in lengths}:
            recorded_words = _(" and ").join(recorded.words for recorded in lengths)
            yield finding(
                "wrong_unit",
                message=_("“%(quote)s” counts in another unit than the record of %(therapy)s: %(recorded)s.")
                % (words | {"recorded": recorded_words}),
            )


def _both_short_and_long(
    in_sentences: Sequence[str],
    names: NameFinder,
    by_key: dict[str, KnownTherapy],
    about: KnownTherapy | None,
) -> Iterator[Finding]:
    short = _subjects(SHORT_TERM, in_sentences, names, about)
    long = _subjects(LONG_TERM, in_sentences, names, about)
    for key in short:
        if key in long:
            yield Finding(
                "short_and_long",
                long[key],
                _("%(therapy)s is called short-term (“%(short)s”) and long-term (“%(long)s”).")
                % {
                    "therapy": by_key[key].short_name,
                    "short": _short(short[key]),
                    "long": _short(long[key]),
                },
            )


def _subjects(
    pattern: re.Pattern[str], in_sentences: Sequence[str], names: NameFinder, about: KnownTherapy | None
) -> dict[str, str]:
    """Map the therapies that the pattern is said of to the first sentence that says it."""
    said: dict[str, str] = {}
    for sentence in in_sentences:
        for match in pattern.finditer(sentence):
            subject = names.last_before(sentence, match.start()) or (about.key if about else None)
            if subject:
                said.setdefault(subject, sentence)
    return said


def _short(sentence: str, most: int = 120) -> str:
    return sentence if len(sentence) <= most else sentence[: most - 1].rstrip() + "…"
