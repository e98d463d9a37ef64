"""What the list of profiles in the admin can be narrowed to."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, TextChoices
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.query import PageQuerySet

from therapists.enums import AvailabilityStatus
from therapists.models import Availability, TherapistPage, TherapistPrivate
from therapists.models.availability import CONFIRMED_FOR, bookings_on
from therapists.registration_panel import WARNED_BEFORE

type Wanted = Callable[[str, date], Any]


class TermState(TextChoices):
    """How long something that ends on a day still runs."""

    RUNS = "runs", _("Runs")
    ENDING = "ending", _("Ends within thirty days")
    ENDED = "ended", _("Has ended")
    UNKNOWN = "unknown", _("No day is known")


class Seen(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class Confirmed(TextChoices):
    LATELY = "lately", _("Within three weeks")
    LONG_AGO = "long_ago", _("Longer ago")
    NEVER = "never", _("Never, or no diary")


NO_DIARY = ("none", _("None"))
DIARY_STATES = [*AvailabilityStatus.choices, NO_DIARY]


def _ends(field: str, term: str, today: date) -> Q:
    soon = today + WARNED_BEFORE
    return {
        TermState.RUNS: Q(**{f"{field}__gte": today}),
        TermState.ENDING: Q(**{f"{field}__gte": today, f"{field}__lte": soon}),
        TermState.ENDED: Q(**{f"{field}__lt": today}),
        TermState.UNKNOWN: Q(**{field: None}),
    }[TermState(term)]


def registered(term: str, today: date) -> PageQuerySet:
    found = TherapistPage.objects.with_registration_end()
    return found.filter(_ends("registered_until", term, today)).values("pk")


def seen(value: str, today: date) -> PageQuerySet:
    visible = TherapistPage.objects.published().order_by().values("pk")
    return visible if value == Seen.YES else TherapistPage.objects.exclude(pk__in=visible).values("pk")


def diary_now(value: str, today: date) -> Any:
    """What a diary says is known only after it was read, with what is booked in it."""
    if value == NO_DIARY[0]:
        return TherapistPage.objects.filter(availability=None).values("pk")
    known = bookings_on(today)
    diaries = Availability.objects.prefetch_related("absences")
    return [diary.therapist_id for diary in diaries if diary.status(today, known) == value]


def confirmed(value: str, today: date) -> PageQuerySet:
    since: Q = Q(availability__confirmed_on__gte=today - CONFIRMED_FOR)
    never = Q(availability__confirmed_on=None)
    wanted = {Confirmed.LATELY: since, Confirmed.LONG_AGO: ~since & ~never, Confirmed.NEVER: never}
    return TherapistPage.objects.filter(wanted[Confirmed(value)]).values("pk")


def insured(term: str, today: date) -> Any:
    if term == TermState.UNKNOWN:
        known = TherapistPrivate.objects.exclude(insurance_expires_on=None)
        return TherapistPage.objects.exclude(pk__in=known.values("therapist")).values("pk")
    return TherapistPrivate.objects.filter(_ends("insurance_expires_on", term, today)).values("therapist")


class ProfileStateFilter(ChoiceFilter):
    """Keep the profiles whose keys a function returns: a search takes no other condition."""

    def __init__(self, find: Wanted, **options: Any) -> None:
        self.find = find
        super().__init__(widget=RadioSelect, empty_label=_("Any"), **options)

    def filter(self, qs: PageQuerySet, value: str) -> PageQuerySet:
        return qs.filter(pk__in=self.find(value, timezone.localdate())) if value else qs


class ProfileFilterSet(WagtailFilterSet):
    registration = ProfileStateFilter(registered, label=_("Registration"), choices=TermState)
    visible = ProfileStateFilter(seen, label=_("Visitors see it"), choices=Seen)
    diary = ProfileStateFilter(diary_now, label=_("Diary today"), choices=DIARY_STATES)
    confirmed = ProfileStateFilter(confirmed, label=_("Diary confirmed"), choices=Confirmed)
    insurance = ProfileStateFilter(insured, label=_("Insurance"), choices=TermState)

    class Meta:
        model = TherapistPage
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.user.has_perm("therapists.view_therapistprivate"):
            del self.filters["insurance"]
