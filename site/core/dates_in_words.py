"""Days and moments in the active language, each in the order and with the points that it writes.

A catalogue translates the formats like any other words. They are those of Django's filter `date`.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext


def _of_a_day(in_words: Callable[[date], str]) -> Callable[[date], str]:
    """Decorate a function that says a day, or that of a moment. Many answers say the same days."""

    @lru_cache(maxsize=1_000)
    def said(day: date, _language: str | None) -> str:
        return in_words(day)

    @wraps(in_words)
    def say(day: date) -> str:
        return said(date(day.year, day.month, day.day), get_language())

    return say


@_of_a_day
def day_in_words(day: date) -> str:
    """“3 December 2026”."""
    return date_format(day, pgettext("date format", "j F Y"))


@_of_a_day
def month_in_words(day: date) -> str:
    """“December 2026”."""
    return date_format(day, pgettext("date format", "F Y"))


@_of_a_day
def weekday_in_words(day: date) -> str:
    """“Thursday 3 December 2026”."""
    return date_format(day, pgettext("date format", "l j F Y"))


@_of_a_day
def near_day_in_words(day: date) -> str:
    """“Thursday 3 December”."""
    return date_format(day, pgettext("date format", "l j F"))


def moment_in_words(moment: datetime) -> str:
    """“Thursday 3 December 2026, 10:00”."""
    return date_format(moment, pgettext("date format", "l j F Y, H:i"))


def near_moment_in_words(moment: datetime) -> str:
    """“Thursday 3 December, 10:00”."""
    return date_format(moment, pgettext("date format", "l j F, H:i"))
