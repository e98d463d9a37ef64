"""How fast the practice replies and how offers go, in numbers that point to no one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.timesince import timesince

from therapists.enquiries.models import DeclineReason, Enquiry, Offer, OfferState, Override
from therapists.enquiries.models.offers import SAID_YES
from therapists.models import TherapistPage


@dataclass(frozen=True)
class Replies:
    count: int
    median: timedelta | None
    p90: timedelta | None

    def in_words(self) -> dict[str, str]:
        return {"median": _in_words(self.median), "p90": _in_words(self.p90)}


def _in_words(length: timedelta | None) -> str:
    """“5 hours, 30 minutes”."""
    now = timezone.now()
    return "" if length is None else timesince(now - length, now)


@dataclass(frozen=True)
class Load:
    name: str
    #: For new clients, in four weeks.
    places: int
    offers: int

    @property
    def per_place(self) -> float:
        """Fair to those who work part of the week."""
        return self.offers / self.places


@dataclass(frozen=True)
class Acceptance:
    answered: int
    accepted: int
    first_offers: int
    first_accepted: int
    reasons: list[tuple[str, int]]


def first_replies(since: datetime) -> Replies:
    rows = Enquiry.objects.filter(received_at__gte=since).values_list("received_at", "first_reply_at")
    seconds = [(reply - received).total_seconds() for received, reply in rows if reply]
    if not seconds:
        return Replies(0, None, None)
    p90 = quantiles(seconds, n=10, method="inclusive")[8] if len(seconds) > 1 else seconds[0]
    return Replies(len(seconds), timedelta(seconds=median(seconds)), timedelta(seconds=p90))


def acceptance(since: datetime) -> Acceptance:
    offers = Offer.objects.filter(made_at__gte=since)
    first = {offer.enquiry_id: offer for offer in offers.order_by("-made_at")}.values()
    settled = [*SAID_YES, OfferState.DECLINED, OfferState.EXPIRED]
    counts = offers.aggregate(
        answered=Count("pk", filter=Q(state__in=settled)),
        accepted=Count("pk", filter=Q(state__in=SAID_YES)),
    )
    reasons = (
        offers.filter(state=OfferState.DECLINED)
        .order_by()
        .values_list("decline_reason")
        .annotate(Count("pk"))
    )
    return Acceptance(
        answered=counts["answered"],
        accepted=counts["accepted"],
        first_offers=sum(offer.state in settled for offer in first),
        first_accepted=sum(offer.state in SAID_YES for offer in first),
        reasons=[(str(DeclineReason(reason).label), count) for reason, count in reasons],
    )


def load(since: datetime) -> list[Load]:
    """What each public therapist was offered, most for their places first. No offers is a load as well."""
    therapists = TherapistPage.objects.published().filter(availability__places_per_four_weeks__gt=0)
    offered = dict(
        Offer.objects.filter(made_at__gte=since).order_by().values_list("therapist").annotate(Count("pk"))
    )
    rows = [
        Load(name, places, offered.get(key, 0))
        for key, name, places in therapists.values_list("pk", "title", "availability__places_per_four_weeks")
    ]
    return sorted(rows, key=lambda row: (-row.per_place, row.name))


def fairness(loads: Iterable[float]) -> float | None:
    """Jain's index: 1 where all have the same, towards 0 where one has it all."""
    loads = list(loads)
    squares = sum(load * load for load in loads)
    return sum(loads) ** 2 / (len(loads) * squares) if squares else None


def overrides(since: datetime) -> int:
    return Override.objects.filter(made_at__gte=since).count()


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def rows_for_export() -> Iterator[list[str]]:
    """Yield the state of each enquiry, and nothing of what it says."""
    yield ["Reference", "State", "Received", "Due", "Owner"]
    for enquiry in Enquiry.objects.by_urgency().select_related("owner").iterator():
        owner = enquiry.owner.get_username() if enquiry.owner else ""
        due = enquiry.deadline.isoformat() if enquiry.deadline else ""
        state = str(enquiry.get_state_display())
        yield [enquiry.reference, state, enquiry.received_at.isoformat(), due, owner]
