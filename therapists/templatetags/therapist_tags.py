"""Template tags for therapists: cards for a therapy or a concern, and their availability."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Self
from urllib.parse import urlencode

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.models import Site

from core.caching.content_memory import remember_as, remembered
from core.languages import active_language, in_language
from core.visibility import each_once, is_public, public
from home.models import PracticeSettings
from therapies.models import ConcernPage, TherapyPage
from therapists.directory.listing import acceptance, fair_order, therapists_for_cards
from therapists.enums import DAY_PART_HOURS, AvailabilityStatus, DayPart, Weekday, part_of_day
from therapists.models import TherapistIndexPage, TherapistPage
from therapists.models.availability import bookings_on, minute_of_day
from therapists.models.querysets import TherapistQuerySet

register = template.Library()

MOST_CARDS = 2
#: In the memory of content, the name of what `therapist_card` makes.
CARD = "therapist card"

type Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FewOfMany:
    """The therapists of whom a page shows the cards, and of how many they are the first."""

    first: Sequence[int]
    total: int
    accepting: int

    @classmethod
    def of(cls, therapists: TherapistQuerySet, on: date) -> Self:
        accepts = acceptance(therapists, on)
        accepting = sum(is_accepting for _pk, is_accepting in accepts)
        return cls(fair_order(accepts, on)[:MOST_CARDS], len(accepts), accepting)


@dataclass(frozen=True)
class GridColumn:
    """A column of the week's grid. A night ends on the next day."""

    label: str
    starts: time
    ends: time

    @property
    def minutes(self) -> tuple[int, int]:
        return minute_of_day(self.starts), minute_of_day(self.ends)


@register.inclusion_tag("components/therapist_card_list.html", takes_context=True)
def therapists_offering(context: Context, therapy: TherapyPage, heading_level: int = 3) -> Context:
    """Cards of therapists who practise this therapy, how many there are, and the way to all of them."""
    return _card_list(
        context, _offering(therapy.pk, timezone.localdate()), {"therapy": therapy.slug}, heading_level
    )


@register.inclusion_tag("components/therapist_card_list.html", takes_context=True)
def therapists_for_concern(context: Context, concern: ConcernPage, heading_level: int = 3) -> Context:
    """Cards of therapists who help with this concern, how many there are, and the way to all of them."""
    helping = _helping_with(concern.pk, timezone.localdate())
    return _card_list(context, helping, {"concern": concern.slug}, heading_level)


@register.simple_tag
def therapist_numbers_offering(therapy: int) -> dict[str, Any]:
    """How many practise the therapy with this primary key: `total`, and the same `in_words`."""
    return _in_numbers(_offering(therapy, timezone.localdate()))


@register.simple_tag
def therapist_numbers_helping(concern: int) -> dict[str, Any]:
    """How many help with the concern with this primary key: `total`, and the same `in_words`."""
    return _in_numbers(_helping_with(concern, timezone.localdate()))


@register.simple_tag
def number_practising(*therapies: int) -> int:
    """How many practise every one of the therapies with these primary keys."""
    practising = [set(_practising().get(therapy, ())) for therapy in therapies]
    return len(set[int].intersection(*practising))


@register.simple_tag(takes_context=True)
def therapist_card(
    context: Context, therapist: TherapistPage, heading_level: int = 3, *, is_choosable: bool = False
) -> SafeString:
    """The card of a public therapist. The same stands on many pages: it is made once for an epoch."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None

    def made() -> SafeString:
        shown = {"therapist": therapist, "heading_level": heading_level, "is_choosable": is_choosable}
        shown |= {"bookings": context.get("bookings"), "request": request}
        return render_to_string("components/therapist_card.html", shown)

    name = (CARD, therapist.pk, heading_level, is_choosable, site.pk if site else None)
    return remember_as(name, made)


@register.inclusion_tag("components/availability_grid_note.html", takes_context=True)
def availability_note(context: Context, therapist: TherapistPage, *, is_brief: bool = False) -> Context:
    """Whether there is a place, when a first consultation can be, and how lately that was confirmed.

    A brief note says no more than the day and what is unusual. Where many are shown in answer to a form,
    `bookings` is in the context: read once.
    """
    today = timezone.localdate()
    availability = therapist.availability_or_none
    if availability is None:
        return {"status": AvailabilityStatus.UNKNOWN, "is_brief": is_brief}
    known = context.get("bookings") or bookings_on(today)
    first = availability.first_consultation(today, known)
    confirmed_on = availability.confirmed_on
    return {
        "is_brief": is_brief,
        "status": availability.status(today, known),
        "availability": availability,
        "absence": availability.absence(today),
        "first_consultation": first,
        "part": part_of_day(first) if first else None,
        "is_confirmed": availability.is_confirmed(today),
        "days_since": (today - confirmed_on).days if confirmed_on else None,
    }


@register.inclusion_tag("components/availability_grid.html")
def availability_grid(therapist: TherapistPage) -> Context:
    """The parts of the week that a therapist works in, whether or not a place is open."""
    availability = therapist.availability_or_none
    slots = availability.slots() if availability else frozenset()
    rows = [(day, [(part, (day, part) in slots) for part in DayPart]) for day in Weekday]
    return {
        "parts": [GridColumn(str(part.label), *hours) for part, hours in DAY_PART_HOURS.items()],
        "night": GridColumn(
            gettext("Night"), max(DAY_PART_HOURS.values())[1], min(DAY_PART_HOURS.values())[0]
        ),
        "rows": rows,
        "is_known": bool(slots),
        "week": availability.minutes_of_week() if availability else [],
    }


@register.simple_tag(takes_context=True)
def enquiry_url(context: Context, therapist: TherapistPage | None = None) -> str | None:
    """Where an enquiry starts, with this therapist chosen; None until the practice has such a page."""
    request = context["request"]
    page = PracticeSettings.for_request(request).enquiry_page
    if page is None or not is_public(page):
        return None
    chosen = f"?{urlencode({'therapist': therapist.slug})}" if therapist else ""
    return f"{page.get_url(request)}{chosen}"


def _in_numbers(therapists: FewOfMany) -> dict[str, Any]:
    return {"total": therapists.total, "in_words": apnumber(therapists.total)}


@remembered
def _directory(language: str | None) -> TherapistIndexPage | None:
    return in_language(public(TherapistIndexPage.objects.all()), language).first()


@remembered
def _offering(therapy: int, on: date) -> FewOfMany:
    return FewOfMany.of(each_once(TherapistPage.objects.published()).practising(therapy), on)


@remembered
def _practising() -> Mapping[int, Collection[int]]:
    """Return who practises each therapy, by primary keys: a comparison asks for several at once."""
    practising: dict[int, set[int]] = {}
    practised = each_once(TherapistPage.objects.published()).order_by().filter(therapies__isnull=False)
    for therapy, therapist in practised.values_list("therapies__therapy", "pk"):
        practising.setdefault(therapy, set()).add(therapist)
    return practising


@remembered
def _helping_with(concern: int, on: date) -> FewOfMany:
    return FewOfMany.of(each_once(TherapistPage.objects.published()).helping_with(concern), on)


def _card_list(
    context: Context, therapists: FewOfMany, selection: dict[str, str], heading_level: int
) -> Context:
    directory = _directory(active_language())
    address = directory.get_url(context.get("request")) if directory else None
    return {
        "therapists": therapists_for_cards(therapists.first),
        "total": therapists.total,
        "accepting": therapists.accepting,
        "directory_url": f"{address}?{urlencode(selection)}" if address else None,
        "heading_level": heading_level,
        "bookings": bookings_on(timezone.localdate()),
        "request": context.get("request"),
    }
