"""The structured answers in words: the same for a matcher, a therapist and the person who gave them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from therapists.enquiries.models import Enquiry
from therapists.enums import Gender, Language, SessionFormat


@dataclass(frozen=True)
class Described:
    question: str | Promise
    answer: str


def time_zone_name(time_zone: str) -> str:
    return _("UK time") if time_zone == "Europe/London" else time_zone.replace("_", " ")


def in_words(time: datetime, time_zone: str) -> str:
    """Such as “Thursday 3 December 2026, 10:00 (UK time)”."""
    clock = date_format(time.astimezone(ZoneInfo(time_zone)), "l j F Y, H:i")
    return f"{clock} ({time_zone_name(time_zone)})"


def describe(enquiry: Enquiry) -> list[Described]:
    """Every answer that was given, but for the concerns."""
    return list(_describe(enquiry))


def _describe(enquiry: Enquiry) -> Iterator[Described]:
    yield Described(_("For"), enquiry.get_client_group_display())
    yield Described(_("Ways to meet"), _labels(SessionFormat, enquiry.formats))
    approaches = ", ".join(row.label for row in enquiry.approaches.all())
    if approaches:
        yield Described(_("Therapies they asked about"), approaches)
    if enquiry.genders:
        answer = _labels(Gender, enquiry.genders)
        yield Described(_("Therapist’s gender"), _marked(answer, enquiry.gender_is_essential))
    if enquiry.languages:
        answer = _labels(Language, enquiry.languages)
        yield Described(_("Languages"), _marked(answer, enquiry.language_is_essential))
    slots = "; ".join(str(slot) for slot in enquiry.slots.all())
    if slots:
        yield Described(
            _("Times"), f"{_only(slots, enquiry.only_these_slots)} ({time_zone_name(enquiry.time_zone)})"
        )
    moments = [timezone.localtime(row.starts) for row in enquiry.preferred_times.all()]
    if moments:
        answer = _("%(times)s (UK time)") % {"times": _by_day(moments)}
        yield Described(_("When they could meet first"), answer)
    if enquiry.start_within:
        yield Described(_("Start"), enquiry.get_start_within_display())
    if enquiry.budget is not None:
        answer = _("up to £%(amount)s a session") % {"amount": f"{enquiry.budget:.2f}".removesuffix(".00")}
        yield Described(_("Fee"), _only(answer, enquiry.budget_is_firm))
    if enquiry.wants_reduced_fee:
        yield Described(_("Reduced fee"), _("asked for"))
    if enquiry.matters_most:
        yield Described(_("Matters most"), enquiry.get_matters_most_display())


def _labels(choices: type[SessionFormat] | type[Gender] | type[Language], values: list[str]) -> str:
    return ", ".join(str(choices(value).label) for value in values)


def _by_day(moments: list[datetime]) -> str:
    """“Thursday 3 December: 09:00, 11:30; Friday 4 December: 17:00”."""
    return "; ".join(
        f"{date_format(day, 'l j F')}: {', '.join(date_format(moment, 'H:i') for moment in of_day)}"
        for day, of_day in groupby(moments, key=datetime.date)
    )


def _marked(answer: str, is_essential: bool) -> str:
    return _("%(answer)s (essential)") % {"answer": answer} if is_essential else answer


def _only(answer: str, is_firm: bool) -> str:
    return _("%(answer)s (nothing else)") % {"answer": answer} if is_firm else answer
