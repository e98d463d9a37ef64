"""How the practice does, in numbers that point to no one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.timesince import timesince

from therapists.enquiries.enums import State
from therapists.enquiries.models import DeclineReason, Enquiry, Offer, OfferState, Override

#: Fewer than this in a cell could be one recognisable person.
SMALLEST_CELL = 5
UNMET = [State.NO_MATCH, State.ALTERNATIVES, State.WAITLIST]
#: The upper ends of the budget bands, in pounds.
BUDGET_BANDS = (40, 60, 80)


@dataclass(frozen=True)
class DemandCell:
    concern: str
    window: str
    budget: str
    #: None where there are too few to show.
    count: int | None


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
class Acceptance:
    answered: int
    accepted: int
    first_offers: int
    first_accepted: int
    reasons: list[tuple[str, int]]


def unmet_demand(since: datetime) -> list[DemandCell]:
    """What was asked for and not found, by main concern, time of the week and budget."""
    cells: Counter[tuple[str, str, str]] = Counter()
    enquiries = Enquiry.objects.filter(state__in=UNMET, received_at__gte=since).with_answers()
    for enquiry in enquiries:
        concern = next((row.label for row in enquiry.concerns.all()), "")
        for window in {slot.get_part_display() for slot in enquiry.slots.all()} or {""}:
            cells[concern, window, _band(enquiry)] += 1
    return [
        DemandCell(*cell, count=count if count >= SMALLEST_CELL else None)
        for cell, count in sorted(cells.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _band(enquiry: Enquiry) -> str:
    if enquiry.budget is None:
        return ""
    upper = next((band for band in BUDGET_BANDS if enquiry.budget <= band), None)
    return f"≤ £{upper}" if upper else f"> £{BUDGET_BANDS[-1]}"


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
    settled = [OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED]
    counts = offers.aggregate(
        answered=Count("pk", filter=Q(state__in=settled)),
        accepted=Count("pk", filter=Q(state=OfferState.ACCEPTED)),
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
        first_accepted=sum(offer.state == OfferState.ACCEPTED for offer in first),
        reasons=[(str(DeclineReason(reason).label), count) for reason, count in reasons],
    )


def load(since: datetime) -> list[tuple[str, int]]:
    """How many offers each therapist had, most first."""
    counts = Offer.objects.filter(made_at__gte=since).values_list("therapist__title")
    return list(counts.annotate(count=Count("pk")).order_by("-count", "therapist__title"))


def fairness(counts: list[int]) -> float | None:
    """Jain's index: 1 where all have the same, towards 0 where one has it all."""
    squares = sum(count * count for count in counts)
    return sum(counts) ** 2 / (len(counts) * squares) if squares else None


def overrides(since: datetime) -> int:
    return Override.objects.filter(made_at__gte=since).count()


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def rows_for_export() -> Iterator[list[str]]:
    """Where each enquiry stands: nothing of what it says."""
    yield ["Reference", "State", "Received", "Due", "Owner"]
    for enquiry in Enquiry.objects.by_urgency().select_related("owner").iterator():
        owner = enquiry.owner.get_username() if enquiry.owner else ""
        due = enquiry.deadline.isoformat() if enquiry.deadline else ""
        state = str(enquiry.get_state_display())
        yield [enquiry.reference, state, enquiry.received_at.isoformat(), due, owner]
