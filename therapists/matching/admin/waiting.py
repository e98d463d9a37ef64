"""All enquiries that wait for a therapist, matched one by one and all at once, for a matcher to compare."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Offer
from therapists.matching.engine.assignment import Assignment, AssignmentComparison, compare
from therapists.matching.engine.criteria import Candidate, Criteria
from therapists.matching.engine.scoring import Contribution
from therapists.matching.inputs.ranking_inputs import (
    criteria_for,
    load_candidates,
    related_concerns,
    workloads,
)
from therapists.matching.text.matcher import CRITERION_NAMES
from therapists.models import TherapistPage

#: Nobody has been asked yet, and nothing else has to come first.
WAITING = [State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST]


@dataclass(frozen=True, slots=True)
class AssignedTherapist:
    """A therapist for an enquiry. The contributions sum to the score."""

    therapist: TherapistPage
    score: float
    contributions: tuple[Contribution, ...]
    names_main_concern: bool

    @property
    def named_contributions(self) -> list[tuple[Promise, float]]:
        return [(CRITERION_NAMES[part.criterion], part.points) for part in self.contributions]


@dataclass(frozen=True, slots=True)
class WaitingEnquiry:
    enquiry: Enquiry
    one_by_one: AssignedTherapist | None
    together: AssignedTherapist | None

    @property
    def changes(self) -> bool:
        before, after = self.one_by_one, self.together
        return (before and before.therapist.pk) != (after and after.therapist.pk)

    @property
    def gain(self) -> float:
        return (self.together.score if self.together else 0) - (
            self.one_by_one.score if self.one_by_one else 0
        )


@dataclass(frozen=True, slots=True)
class Batch:
    rows: tuple[WaitingEnquiry, ...]
    comparison: AssignmentComparison

    @property
    def changed(self) -> int:
        return sum(row.changes for row in self.rows)


def waiting_enquiries() -> list[Enquiry]:
    """Return the enquiries that no therapist was asked about yet, oldest first."""
    return list(Enquiry.objects.filter(state__in=WAITING).with_answers().order_by("received_at", "reference"))


def compare_waiting(enquiries: Sequence[Enquiry], as_of: date) -> Batch:
    """Match them one by one and all at once. The number of queries is constant."""
    asked = _criteria(enquiries, as_of)
    candidates = {one.therapist_id: one for one in load_candidates(as_of, workloads(as_of))}
    comparison = compare(asked, list(candidates.values()), as_of)
    therapists = TherapistPage.objects.in_bulk(
        {one.therapist_id for one in (*comparison.one_by_one, *comparison.together) if one.therapist_id}
    )

    def choice(criteria: Criteria, assignment: Assignment) -> AssignedTherapist | None:
        if assignment.fit is None:
            return None
        candidate: Candidate = candidates[assignment.fit.therapist_id]
        return AssignedTherapist(
            therapist=therapists[candidate.therapist_id],
            score=assignment.score,
            contributions=assignment.fit.contributions,
            names_main_concern=criteria.main_concern is None or candidate.helps_with(criteria.main_concern),
        )

    rows = zip(enquiries, asked, comparison.one_by_one, comparison.together, strict=True)
    return Batch(
        rows=tuple(
            WaitingEnquiry(enquiry, choice(criteria, alone), choice(criteria, together))
            for enquiry, criteria, alone, together in rows
        ),
        comparison=comparison,
    )


def _criteria(enquiries: Sequence[Enquiry], as_of: date) -> list[Criteria]:
    answers = [enquiry.answers() for enquiry in enquiries]
    related = related_concerns({concern for one in answers for concern in one.concerns})
    refused: defaultdict[object, set[int]] = defaultdict(set)
    for enquiry, therapist in (
        Offer.objects.refused().filter(enquiry__in=enquiries).values_list("enquiry", "therapist")
    ):
        refused[enquiry].add(therapist)
    return [
        criteria_for(
            one,
            draw_key=str(enquiry.draw_key),
            as_of=as_of,
            related=related,
            declined_by=frozenset(refused[enquiry.pk]),
        )
        for enquiry, one in zip(enquiries, answers, strict=True)
    ]
