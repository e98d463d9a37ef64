"""How much each therapist was asked lately, so that work is shared fairly."""

from datetime import date, datetime, time

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from therapists.enquiries.models import Offer, OfferState
from therapists.matching.engine.criteria import FOUR_WEEKS
from therapists.matching.inputs.candidates import Workload


def workloads(as_of: date) -> dict[int, Workload]:
    """By therapist, the offers of the last four weeks that wait or were accepted. One query."""
    since = timezone.make_aware(datetime.combine(as_of - FOUR_WEEKS, time.min))
    counting = Q(state__in=[OfferState.LIVE, OfferState.ACCEPTED], made_at__gt=since)
    rows = (
        Offer.objects.order_by()
        .values("therapist")
        .annotate(
            used=Count("pk", filter=counting),
            oldest=Min("made_at", filter=counting),
            latest=Max("made_at"),
        )
    )
    return {
        row["therapist"]: Workload(
            places_used=row["used"],
            next_place_on=timezone.localdate(row["oldest"]) + FOUR_WEEKS if row["used"] else None,
            last_offer_at=row["latest"],
        )
        for row in rows
    }
