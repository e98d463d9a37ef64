"""A rule on what a page claims, and what it found. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """A rule by its key, its name in *Checks* (“A word promises too much”), and what to do instead.

    `catches` and `leaves` are sentences that it finds, and that it leaves alone.
    """

    key: str
    name: str | Promise
    advice: str | Promise
    catches: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePassage:
    """A paragraph, an entry of a list or a line of a page, with the name of the field that holds it."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """What a rule found: the very words, the field they stand in, and the message for the editor."""

    rule: str
    field: str
    words: str
    message: str


def finding(rule: ClaimRule, passage: PagePassage, words: str) -> ClaimFinding:
    message = _("“%(words)s” (%(field)s): %(name)s. %(advice)s") % {
        "words": words,
        "field": passage.field.replace("_", " "),
        "name": rule.name,
        "advice": rule.advice,
    }
    return ClaimFinding(rule.key, passage.field, words, message)
