from collections.abc import Callable
from functools import partial
from typing import Any

from django import template

from core import dates_in_words as words

register = template.Library()


def _in_words(in_words: Callable[[Any], str], value: Any) -> str:
    """Return nothing where there is no day, as the filter `date` does."""
    return in_words(value) if value else ""


for in_words in (
    words.day_in_words,
    words.month_in_words,
    words.weekday_in_words,
    words.near_day_in_words,
    words.moment_in_words,
):
    register.filter(in_words.__name__, partial(_in_words, in_words), expects_localtime=True)
