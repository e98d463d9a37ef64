"""Profiles and diaries as the Matching team reads them: who is there, how full, and why not to be asked.

To read only: profiles and diaries are kept by others. Nothing of a private record is shown but whether the
insurance has run out, and nothing of an enquiry but the times that it takes in a diary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, TemplateView

from core.languages import default_language, in_language
from therapists.enquiries.admin.base import MatchingTeamView, WorkplacePage
from therapists.enquiries.free_times import Workload, workloads
from therapists.enquiries.lapses import Lapse, lapses_of
from therapists.enquiries.models import Consultation
from therapists.enums import AvailabilityStatus
from therapists.models import Availability, TherapistPage
from therapists.models.availability import Bookings, bookings_on


@dataclass(frozen=True, slots=True)
class TherapistRecord:
    """One therapist as they are on a day."""

    therapist: TherapistPage
    diary: Availability | None
    workload: Workload
    lapses: list[Lapse]
    day: date
    known: Bookings

    @property
    def status(self) -> AvailabilityStatus:
        return self.diary.status(self.day, self.known) if self.diary else AvailabilityStatus.UNKNOWN

    @property
    def diary_is_confirmed(self) -> bool:
        return self.diary is not None and self.diary.is_confirmed(self.day)

    @property
    def next_place_on(self) -> date | None:
        return self.workload.next_place_on(self.diary.places_per_four_weeks) if self.diary else None

    @property
    def first_consultation(self) -> datetime | None:
        return self.diary.first_consultation(self.day, self.known) if self.diary else None


def records_of(therapists: Iterable[TherapistPage], today: date) -> list[TherapistRecord]:
    """Return them in the order given. A constant number of queries."""
    therapists = list(therapists)
    used, lapsed, known = workloads(today), lapses_of(therapists), bookings_on(today)
    return [
        TherapistRecord(
            therapist,
            getattr(therapist, "availability", None),
            used.get(therapist.pk, Workload()),
            lapsed[therapist.pk],
            today,
            known,
        )
        for therapist in therapists
    ]


def _therapists() -> QuerySet[TherapistPage]:
    """Return those whose profile is published, each once; also those whom visitors do not see for now."""
    return (
        in_language(TherapistPage.objects.live(), default_language())
        .with_registration_end()
        .select_related("availability")
        .prefetch_related("availability__windows", "availability__absences")
        .order_by("title", "pk")
    )


class TherapistRecordsView(MatchingTeamView, WorkplacePage, ListView):
    """Every therapist, with what a matcher asks first."""

    template_name = "matching/admin/therapist_records.html"
    page_title = _("Therapists and their diaries")
    header_icon = "group"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[TherapistPage]:
        return _therapists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"records": records_of(context["page_obj"], timezone.localdate())}


class TherapistRecordView(MatchingTeamView, WorkplacePage, TemplateView):
    """One therapist: profile, registrations, diary and load."""

    template_name = "matching/admin/therapist_record.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return self._therapist.title

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        rows = ("concerns__concern", "therapies__therapy", "fees", "registrations")
        found = _therapists().prefetch_related(*rows).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self._therapist = found
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [record] = records_of([self._therapist], timezone.localdate())
        booked = Consultation.objects.taken().to_come().filter(therapist=self._therapist).order_by("during")
        return super().get_context_data(**kwargs) | {
            "record": record,
            "booked": booked.values_list("during", flat=True),
        }
