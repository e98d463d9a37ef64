"""What was asked for and not found, by main concern, time of the day and budget.

An enquiry without a match is erased soon. What it asked for is then kept as a count, without the person.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, UnmetDemandCount
from therapists.enums import DayPart

#: Fewer than this in a cell could be one recognisable person.
SMALLEST_CELL = 5
UNMET = [State.NO_MATCH, State.ALTERNATIVES, State.WAITLIST]
#: The upper ends of the budget bands, in pounds.
BUDGET_BANDS = (40, 60, 80)

type Cell = tuple[str, str, str]


@dataclass(frozen=True)
class DemandCell:
    concern: str
    window: str
    budget: str
    count: int


@dataclass(frozen=True)
class Demand:
    #: Most first.
    cells: list[DemandCell]
    #: In all the cells together that are too small to show; None where even that is.
    scattered: int | None
    is_empty: bool


def unmet_demand(since: datetime) -> Demand:
    """Count the enquiries that are stored since then, and by whole months those that were erased."""
    counts: Counter[Cell] = Counter()
    for enquiry in Enquiry.objects.filter(state__in=UNMET, received_at__gte=since).with_answers():
        counts.update(cells_of(enquiry))
    kept = UnmetDemandCount.objects.filter(month__gte=timezone.localdate(since).replace(day=1))
    for concern, window, budget, count in kept.values_list("concern", "window", "budget", "count"):
        counts[concern, window, budget] += count
    shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    scattered = sum(count for _cell, count in shown if count < SMALLEST_CELL)
    return Demand(
        cells=[_in_words(cell, count) for cell, count in shown if count >= SMALLEST_CELL],
        scattered=scattered if scattered >= SMALLEST_CELL else None,
        is_empty=not shown,
    )


def cells_of(enquiry: Enquiry) -> set[Cell]:
    """Return one for each part of the day that would have suited."""
    windows = {slot.part for slot in enquiry.slots.all()} or {""}
    return {(enquiry.main_concern_name, window, _band(enquiry)) for window in windows}


def _band(enquiry: Enquiry) -> str:
    if enquiry.budget is None:
        return ""
    upper = next((band for band in BUDGET_BANDS if enquiry.budget <= band), None)
    return f"≤ £{upper}" if upper else f"> £{BUDGET_BANDS[-1]}"


def _in_words(cell: Cell, count: int) -> DemandCell:
    concern, window, budget = cell
    return DemandCell(concern, str(DayPart(window).label) if window else "", budget, count)
