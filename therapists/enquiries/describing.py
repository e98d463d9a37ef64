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
    """Return a moment as HTML by UK time, with the visitor's clock beside it where they live elsewhere."""
    here = time_element(moment, settings.TIME_ZONE)
    if visitor_zone == settings.TIME_ZONE:
        return here
    return format_html("{} – <strong>{}</strong>", here, their_time(moment, visitor_zone))


def their_time(moment: datetime, visitor_zone: str) -> str:
    """Return what the visitor's clock shows then, such as “04:00 for them, America/New York”."""
    return their_clock_words(visitor_zone) % {"clock": _clock_there(moment, visitor_zone)}


def their_clock_words(visitor_zone: str) -> str:
    """Return the words around a visitor's clock, with %(clock)s in its place."""
    return _("%(clock)s for them, %(zone)s") % {"clock": "%(clock)s", "zone": time_zone_name(visitor_zone)}


def clock_note(visitor_zone: str) -> str:
    """Return how a visitor's clock goes beside UK time today; empty where they live by UK time."""
    if visitor_zone == settings.TIME_ZONE:
        return ""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return _("Today, %(here)s in the UK is %(there)s for them (%(zone)s).") % {
        "here": date_format(noon, "H:i"),
        "there": _clock_there(noon, visitor_zone),
        "zone": time_zone_name(visitor_zone),
    }


def _clock_there(moment: datetime, visitor_zone: str) -> str:
    """The weekday is named where it is another than in the UK."""
    there = moment.astimezone(ZoneInfo(visitor_zone))
    return date_format(there, "H:i" if there.date() == timezone.localtime(moment).date() else "l H:i")


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
