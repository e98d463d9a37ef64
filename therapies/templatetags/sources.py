"""The sources of what is said of therapies: their numbers beside it, and their words in a list."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.caching.content_memory import remember_as
from therapies.facts import ShownReference

register = template.Library()

#: In the memory of content, the name of what `source_in_words` makes.
SOURCE = "source in words"


@register.simple_tag
def source_marks(numbers: Iterable[int], anchor: str, *, withdrawn: bool = False) -> SafeString:
    """Return the numbers of the sources that a statement rests on, each a link to the list of sources.

    `anchor` tells the lists of one page apart; `withdrawn`: its only source is taken down.
    """
    language = get_language()
    marks = "".join(_mark(anchor, number, language) for number in numbers)
    note = _withdrawn() if withdrawn else ""
    return mark_safe(marks + note)  # noqa: S308 - `format_html` made each


@register.simple_tag
def source_in_words(reference: ShownReference) -> SafeString:
    """Return what a list says of a source. The same stands below many pages: it is made once for an epoch."""
    return remember_as(
        (SOURCE, reference), lambda: render_to_string("components/source.html", {"reference": reference})
    )


@lru_cache(maxsize=1_000)
def _mark(anchor: str, number: int, _language: str | None) -> SafeString:
    words = format_html('<span class="visually-hidden">{} </span>{}', _("Source"), number)
    return format_html('<sup class="source-mark"><a href="#{}-source-{}">{}</a></sup>', anchor, number, words)


def _withdrawn() -> SafeString:
    return format_html(' <span class="source-withdrawn">{}</span>', _("(source withdrawn, under review)"))
