"""`therapists/`: the directory, by what a visitor may narrow it by."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from core.content_api.child_rows import ChildRows, read_together
from core.content_api.endpoints.pages import PageFilters, PageViewSet, found_at, pages_here
from core.content_api.filters import ChoicesFilter, KeysFilter, YesOrNoFilter
from core.content_api.prefetch_registry import (
    register_draft_preparation,
    register_lookup,
    register_prefetch,
)
from therapies.models import ConcernPage, TherapyPage
from therapists.enums import (
    TIME_OF_WEEK_SLOTS,
    ClientGroup,
    Gender,
    Language,
    SessionFormat,
    TimeOfWeek,
)
from therapists.models import (
    Absence,
    ClientGroupFee,
    Qualification,
    Registration,
    TherapistConcern,
    TherapistPage,
    TherapistQuerySet,
    TherapistTherapy,
    WeeklyWindow,
)


@register_prefetch(TherapistPage, "availability")
def with_diary(therapists: TherapistQuerySet) -> TherapistQuerySet:
    return therapists.select_related("availability")


@register_lookup(TherapistPage)
def read_practice(therapists: Sequence[TherapistPage], chosen: Collection[str]) -> None:
    """Read the rows of all relations at once. Those about a page that is not public are left out."""
    kinds: dict[str, QuerySet[Any]] = {
        "concerns": TherapistConcern.objects.filter(concern__in=ConcernPage.objects.published()),
        "therapies": TherapistTherapy.objects.filter(therapy__in=TherapyPage.objects.published()),
        "registrations": Registration.objects.all(),
        "qualifications": Qualification.objects.all(),
        "fees": ClientGroupFee.objects.all(),
    }
    asked = [ChildRows(name, therapists, rows) for name, rows in kinds.items() if {name, "seo"} & set(chosen)]
    if {"availability", "seo"} & set(chosen):
        diaries = [diary for one in therapists if (diary := getattr(one, "availability", None))]
        asked.append(ChildRows("windows", diaries, WeeklyWindow.objects.all()))
        asked.append(ChildRows("absences", diaries, Absence.objects.all()))
    read_together(asked)


@register_draft_preparation(TherapistPage)
def with_rows_of_public_pages(therapist: TherapistPage) -> None:
    therapist.concerns, therapist.therapies = therapist.public_concerns, therapist.public_therapies


class TherapistFilters(PageFilters):
    """Of several values of one parameter any is enough; across parameters all must hold."""

    concern = KeysFilter(method="filter_concern", help_text="Slugs of concerns")
    therapy = KeysFilter(method="filter_therapy", help_text="Slugs of therapies")
    format = ChoicesFilter(method="filter_format", choices=SessionFormat.choices, help_text="Ways to meet")
    language = ChoicesFilter(method="filter_language", choices=Language.choices, help_text="Languages spoken")
    gender = ChoicesFilter(choices=Gender.choices, help_text="Gender, where they say it")
    time = ChoicesFilter(
        method="filter_time", choices=TimeOfWeek.choices, help_text="When they work, in UK time"
    )
    group = ChoicesFilter(method="filter_group", choices=ClientGroup.choices, help_text="Whom they see")
    fee = django_filters.RangeFilter(method="filter_fee", help_text="Full fee of a session, in pounds")
    accepts_clients = YesOrNoFilter(
        method="filter_accepts_clients", help_text="Whether someone new could begin today"
    )

    def filter_concern(self, them: TherapistQuerySet, name: str, slugs: list[str]) -> TherapistQuerySet:
        return them.helping_with(*pages_here(ConcernPage.objects.filter(slug__in=slugs), self.request))

    def filter_therapy(self, them: TherapistQuerySet, name: str, slugs: list[str]) -> TherapistQuerySet:
        return them.practising(*pages_here(TherapyPage.objects.filter(slug__in=slugs), self.request))

    def filter_format(self, them: TherapistQuerySet, name: str, keys: list[str]) -> TherapistQuerySet:
        return them.meeting_by(*keys)

    def filter_language(self, them: TherapistQuerySet, name: str, keys: list[str]) -> TherapistQuerySet:
        return them.speaking(*keys)

    def filter_time(self, them: TherapistQuerySet, name: str, keys: list[str]) -> TherapistQuerySet:
        return them.free_at(slot for key in keys for slot in TIME_OF_WEEK_SLOTS[TimeOfWeek(key)])

    def filter_fee(self, them: TherapistQuerySet, name: str, fee: slice) -> TherapistQuerySet:
        """Some fee lies within the range: of the client group that is asked for, or of any."""
        fees = ClientGroupFee.objects.all()
        if group := self.form.cleaned_data["group"]:
            fees = fees.filter(group__in=group)
        if isinstance(fee.start, Decimal):
            fees = fees.filter(fee__gte=fee.start)
        if isinstance(fee.stop, Decimal):
            fees = fees.filter(fee__lte=fee.stop)
        return them.filter(pk__in=fees.values("therapist"))

    def filter_group(self, them: TherapistQuerySet, name: str, keys: list[str]) -> TherapistQuerySet:
        return them.seeing(*keys)

    def filter_accepts_clients(self, them: TherapistQuerySet, name: str, accepts: bool) -> TherapistQuerySet:
        accepting = them.accepting_clients(timezone.localdate())
        return accepting if accepts else them.exclude(pk__in=accepting.values("pk"))


class TherapistsAPIViewSet(PageViewSet):
    """Therapists with a registration in date."""

    one, many = "therapist", "therapists"
    model = TherapistPage
    filterset_class = TherapistFilters
    find_parameters = found_at("/therapists/amara-okafor/")
    listing_default_fields = [
        *PageViewSet.listing_default_fields,
        "is_sample",
        "professional_title",
        "pronouns",
        "portrait",
        "own_sentence",
        "formats",
        "languages",
        "fees",
        "availability",
    ]
