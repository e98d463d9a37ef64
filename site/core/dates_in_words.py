"""Days and moments in the active language, each in the order and with the points that it writes.

A catalogue translates the formats like any other words. They are those of Django's filter `date`.
"""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import pgettext


def day_in_words(day: date) -> str:
    """“3 December 2026”."""
    return date_format(day, pgettext("date format", "j F Y"))


def month_in_words(day: date) -> str:
    """“December 2026”."""
    return date_format(day, pgettext("date format", "F Y"))


def weekday_in_words(day: date) -> str:
    """“Thursday 3 December 2026”."""
    return date_format(day, pgettext("date format", "l j F Y"))


def near_day_in_words(day: date) -> str:
    """“Thursday 3 December”."""
    return date_format(day, pgettext("date format", "l j F"))


def moment_in_words(moment: datetime) -> str:
    """“Thursday 3 December 2026, 10:00”."""
    return date_format(moment, pgettext("date format", "l j F Y, H:i"))


def near_moment_in_words(moment: datetime) -> str:
    """“Thursday 3 December, 10:00”."""
    return date_format(moment, pgettext("date format", "l j F, H:i"))
