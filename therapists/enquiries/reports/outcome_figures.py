"""How many were introduced, met and started: of those stored, and of those of whom only a count is left."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from therapists.enquiries.enums import State
from therapists.enquiries.models import OutcomeCount, StateChange

#: Each step with the states in which an erased enquiry has come so far. Who ended elsewhere is not counted.
STEPS: tuple[tuple[State, str | Promise, frozenset[State]], ...] = (
    (
        State.INTRODUCED,
        _("Introduced"),
        frozenset({State.INTRODUCED, State.CONSULTED, State.STARTED, State.NOT_STARTED}),
    ),
    (State.CONSULTED, _("Met"), frozenset({State.CONSULTED, State.STARTED})),
    (State.STARTED, _("Started"), frozenset({State.STARTED})),
    (State.NOT_STARTED, _("Did not start, or not with the first"), frozenset({State.NOT_STARTED})),
)


@dataclass(frozen=True)
class OutcomeStep:
    label: str
    count: int


def outcomes_since(since: datetime) -> list[OutcomeStep]:
    changes = StateChange.objects.filter(enquiry__received_at__gte=since).order_by()
    erased = dict(
        OutcomeCount.objects.filter(month__gte=timezone.localdate(since).replace(day=1))
        .order_by()
        .values_list("state")
        .annotate(Sum("count"))
    )
    return [
        OutcomeStep(
            str(label),
            changes.filter(after=reached).values("enquiry").distinct().count()
            + sum(erased.get(state, 0) for state in ended_in),
        )
        for reached, label, ended_in in STEPS
    ]
