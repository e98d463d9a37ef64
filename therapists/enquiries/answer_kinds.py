"""The kinds of answers: how each is stored, asked in a form, and put into words.

`EnquiryAnswers` declares which kind each answer is. What is stored of an answer is the value of the column
of its name, or the related manager of that name where the answer has rows of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise

from therapists.enums import DayPart, Slot, Weekday


@dataclass(frozen=True)
class Condition:
    """The yes-or-no answer that makes another one a condition, and the words that say so."""

    name: str
    #: With `%(answer)s` for the answer that it is about.
    words: str | Promise


@dataclass(frozen=True, kw_only=True)
class AnswerKind[Value]:
    """An answer whose value is the same in the form and in its column."""

    #: What it is called in a list of answers. Empty: it is not listed by itself.
    heading: str | Promise = ""
    condition: Condition | None = None
    #: The name of its form field, where that is not the name of the answer.
    form_field: str = ""
    #: Asked in two fields: what brings someone most, and what else. The form puts them together.
    is_asked_in_two: bool = False
    #: It is of parts of the day, which are in the visitor's time zone.
    is_in_time_zone: bool = False

    has_rows = False

    def from_form(self, cleaned: Any) -> Value:
        """Return the value of the cleaned data of its form field."""
        return cleaned

    def to_form(self, value: Value) -> Any:
        """Return the initial value of its form field."""
        return value

    def to_column(self, value: Value) -> Any:
        return value

    def from_stored(self, stored: Any) -> Value:
        return stored

    def in_words(self, stored: Any) -> str:
        """Return what was answered in the active language, or "" where nothing was."""
        return str(stored)


@dataclass(frozen=True, kw_only=True)
class YesOrNo(AnswerKind[bool]):
    #: What a yes is called where it is listed.
    yes: str | Promise = ""

    def in_words(self, stored: bool) -> str:
        return str(self.yes) if stored else ""


@dataclass(frozen=True, kw_only=True)
class Money(AnswerKind[Decimal | None]):
    """A sum in pounds, or None."""

    #: With `%(amount)s`.
    words: str | Promise

    def to_form(self, value: Decimal | None) -> str | None:
        return None if value is None else _short(value)

    def in_words(self, stored: Decimal | None) -> str:
        return "" if stored is None else self.words % {"amount": _short(stored)}


def _short(amount: Decimal) -> str:
    """Such as “47.50” or “60”."""
    return f"{amount:.2f}".removesuffix(".00")


@dataclass(frozen=True)
class OneOf[Choice: TextChoices | IntegerChoices](AnswerKind[Choice | None]):
    """One of some choices, or None."""

    choices: type[Choice]

    def from_form(self, cleaned: Any) -> Choice | None:
        return self.choices(cleaned) if cleaned else None

    def to_form(self, value: Choice | None) -> Any:
        return value or ""

    def to_column(self, value: Choice | None) -> Any:
        """Columns of text have no null."""
        return "" if value is None and issubclass(self.choices, str) else value

    def from_stored(self, stored: Any) -> Choice | None:
        return self.choices(stored) if stored else None

    def in_words(self, stored: Any) -> str:
        return str(self.choices(stored).label) if stored else ""


@dataclass(frozen=True)
class AnyOf[Choice: TextChoices](AnswerKind[tuple[Choice, ...]]):
    """Some choices, any of which will do, in a column that is a list."""

    choices: type[Choice]

    def from_form(self, cleaned: Any) -> tuple[Choice, ...]:
        """Return each choice once."""
        return tuple(self.choices(value) for value in dict.fromkeys(cleaned))

    def to_column(self, value: tuple[Choice, ...]) -> list[Choice]:
        return list(value)

    def from_stored(self, stored: Iterable[str]) -> tuple[Choice, ...]:
        return tuple(self.choices(value) for value in stored)

    def in_words(self, stored: Iterable[str]) -> str:
        return ", ".join(str(self.choices(value).label) for value in stored)


@dataclass(frozen=True)
class AtMostOneOf[Choice: TextChoices](AnyOf[Choice]):
    """Kept as a list, though the form asks for one of them or none."""

    def from_form(self, cleaned: Any) -> tuple[Choice, ...]:
        return (self.choices(cleaned),) if cleaned else ()

    def to_form(self, value: tuple[Choice, ...]) -> Any:
        return value[0] if value else ""


@dataclass(frozen=True, kw_only=True)
class Rows[Value](AnswerKind[Value]):
    """Stored as rows, whose model is an `AnswerRow`: it says what a row holds."""

    has_rows = True
    separator = ", "

    def in_words(self, stored: Any) -> str:
        return self.separator.join(row.words for row in stored.all())


@dataclass(frozen=True, kw_only=True)
class ChosenPages(Rows[tuple[int, ...]]):
    """Primary keys of pages. Their titles are stored too, should a page go later."""

    def from_form(self, cleaned: Iterable[str]) -> tuple[int, ...]:
        return tuple(int(key) for key in dict.fromkeys(cleaned))

    def to_form(self, value: tuple[int, ...]) -> list[str]:
        return [str(key) for key in value]

    def from_stored(self, stored: Any) -> tuple[int, ...]:
        """Return the keys of those that are still there."""
        return tuple(row.value for row in stored.all() if row.value)


@dataclass(frozen=True, kw_only=True)
class Slots(Rows[frozenset[Slot]]):
    """Parts of weekdays. A form names them like “0-morning”: Monday morning."""

    separator = "; "

    def from_form(self, cleaned: Iterable[str]) -> frozenset[Slot]:
        return frozenset(self.slot(key) for key in cleaned)

    def to_form(self, value: frozenset[Slot]) -> list[str]:
        return [self.key(slot) for slot in value]

    def from_stored(self, stored: Any) -> frozenset[Slot]:
        return frozenset(row.value for row in stored.all())

    @staticmethod
    def key(slot: Slot) -> str:
        weekday, part = slot
        return f"{int(weekday)}-{part}"

    @staticmethod
    def slot(key: str) -> Slot:
        weekday, part = key.split("-")
        return Weekday(int(weekday)), DayPart(part)
