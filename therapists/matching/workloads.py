"""How much each therapist took on lately, so that work is shared fairly."""

from datetime import date, datetime, time

from django.db.models import Count, Max, Min
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import StateChange
from therapists.matching.candidates import Workload
from therapists.matching.criteria import FOUR_WEEKS


def workloads(as_of: date) -> dict[int, Workload]:
    """By therapist: the enquiries accepted in the last four weeks. One query."""
    since = timezone.make_aware(datetime.combine(as_of - FOUR_WEEKS, time.min))
    rows = (
        StateChange.objects.filter(
            after=State.ACCEPTED, changed_at__gte=since, enquiry__therapist__isnull=False
        )
        .order_by()
        .values("enquiry__therapist")
        .annotate(used=Count("enquiry", distinct=True), oldest=Min("changed_at"), latest=Max("changed_at"))
    )
    return {
        row["enquiry__therapist"]: Workload(
            places_used=row["used"],
            next_place_on=timezone.localdate(row["oldest"]) + FOUR_WEEKS,
            last_offer_at=row["latest"],
        )
        for row in rows
    }
