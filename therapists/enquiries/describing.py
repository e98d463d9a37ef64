"""The structured answers in words: the same for a matcher, a therapist and the person who gave them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.dates_in_words import moment_in_words, weekday_in_words
from therapists.enquiries.answers import ANSWERS, time_zone_name
from therapists.enquiries.models import Enquiry


@dataclass(frozen=True)
class Described:
    question: str | Promise
    answer: str


def in_words(time: datetime, time_zone: str) -> str:
    """Return a moment such as “Thursday 3 December 2026, 10:00 (UK time)”."""
    clock = moment_in_words(time.astimezone(ZoneInfo(time_zone)))
    return f"{clock} ({time_zone_name(time_zone)})"


def time_element(moment: datetime, time_zone: str) -> str:
    """Return the same as HTML, marked so that a script can add the reader's own time."""
    return format_html(
        '<time datetime="{}" data-own-time="{}" data-own-time-words="{}">{}</time>',
        moment.astimezone(ZoneInfo(time_zone)).isoformat(),
        time_zone,
        _("on your clock:"),
        in_words(moment, time_zone),
    )


def time_for_therapist(moment: datetime, visitor_zone: str) -> str:
    """Return a moment as HTML by UK time, with the visitor's own clock beside it where that differs."""
    theirs = moment.astimezone(ZoneInfo(visitor_zone))
    here = timezone.localtime(moment)
    if theirs.utcoffset() == here.utcoffset():
        return time_element(moment, settings.TIME_ZONE)
    clock = date_format(theirs, "H:i" if theirs.date() == here.date() else "l H:i")
    said = _("%(clock)s for them, %(zone)s") % {"clock": clock, "zone": time_zone_name(visitor_zone)}
    return format_html("{} – <strong>{}</strong>", time_element(moment, settings.TIME_ZONE), said)


def clock_note(visitor_zone: str) -> str:
    """Return how a visitor's clock differs from UK time today; empty where it does not."""
    now = timezone.localtime()
    theirs = now.astimezone(ZoneInfo(visitor_zone))
    if theirs.utcoffset() == now.utcoffset():
        return ""
    said = _("When it is %(here)s in the UK, it is %(there)s for them (%(zone)s).")
    return said % {
        "here": date_format(now, "H:i"),
        "there": date_format(theirs, "H:i"),
        "zone": time_zone_name(visitor_zone),
    }


def describe(enquiry: Enquiry) -> list[Described]:
    """Return every answer that was given, but for the concerns, and the preferred times."""
    return list(_describe(enquiry))


def _describe(enquiry: Enquiry) -> Iterator[Described]:
    for name, kind in ANSWERS.items():
        words = kind.in_words(getattr(enquiry, name)) if kind.heading else ""
        if words and kind.condition and getattr(enquiry, kind.condition.name):
            words = kind.condition.words % {"answer": words}
        if words and kind.is_in_time_zone:
            words = f"{words} ({time_zone_name(enquiry.time_zone)})"
        if words:
            yield Described(kind.heading, words)
        if name == "slots":
            yield from _first_meeting(enquiry)


def _first_meeting(enquiry: Enquiry) -> Iterator[Described]:
    """The preferred times are no answer that counts in the match. They are listed after the usual ones."""
    moments = [timezone.localtime(row.starts) for row in enquiry.preferred_times.all()]
    if moments:
        answer = _("%(times)s (UK time)") % {"times": _by_day(moments)}
        zone = ZoneInfo(enquiry.time_zone)
        if any(moment.utcoffset() != moment.astimezone(zone).utcoffset() for moment in moments):
            theirs = _by_day([moment.astimezone(zone) for moment in moments])
            own = {"times": theirs, "zone": time_zone_name(enquiry.time_zone)}
            answer = f"{answer}. {_('On their clock: %(times)s (%(zone)s)') % own}"
        yield Described(_("When they could meet first"), answer)


def _by_day(moments: list[datetime]) -> str:
    """“Thursday 3 December 2026: 09:00, 11:30; Friday 4 December 2026: 17:00”."""
    return "; ".join(
        f"{weekday_in_words(day)}: {', '.join(date_format(moment, 'H:i') for moment in of_day)}"
        for day, of_day in groupby(moments, key=datetime.date)
    )
