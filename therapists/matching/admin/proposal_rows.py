"""The latest proposals as a matcher reads them. The number of queries is constant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.encryption import CannotOpen
from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, ProposalState, StoredProposal, StoredProposalRun
from therapists.matching.answering_proposals import read_by_team
from therapists.matching.engine.criteria import WEIGHTS_BY_VERSION, Candidate
from therapists.matching.engine.ordering import rank
from therapists.matching.engine.proposals import WORTH_BY_VERSION
from therapists.matching.engine.reasons import explain
from therapists.matching.engine.shortlist import Rung, ShortlistedTherapist
from therapists.matching.engine.snapshot import WaitingInput, candidates_from_plain, waiting_from_plain
from therapists.matching.inputs.uk_time import UK
from therapists.matching.making_proposals import SomeoneErased, replay_proposals, waiting_enquiries
from therapists.matching.services import ReplayDiffers
from therapists.matching.text.proposals import better_elsewhere, points, terms_in_words, why_first, why_nobody
from therapists.matching.text.visitor import PageTitles, sentence


@dataclass(frozen=True, slots=True)
class ProposalRow:
    proposal: StoredProposal
    days_waited: int
    #: Whether it can be decided: it is open, and the enquiry still waits.
    is_open: bool
    is_read: bool
    why: str
    better_elsewhere: str = ""
    terms: list[str] = field(default_factory=list)
    total: str = ""
    cautions: list[str] = field(default_factory=list)
    #: Why the same two were set aside before, if they were.
    set_aside_before: StoredProposal | None = None

    @property
    def enquiry(self) -> Enquiry:
        return self.proposal.enquiry


@dataclass(frozen=True, slots=True)
class ProposalsOfRun:
    run: StoredProposalRun
    total: str
    open: list[ProposalRow]
    #: Asked, set aside, or no longer waiting.
    rest: list[ProposalRow]
    nobody: list[ProposalRow]
    replays: bool
    is_whole: bool
    #: How many have come to wait since.
    came_since: int

    @property
    def rows(self) -> list[ProposalRow]:
        return [*self.open, *self.rest, *self.nobody]


def latest_proposals() -> ProposalsOfRun | None:
    run = StoredProposalRun.objects.select_related("made_by").first()
    if run is None:
        return None
    stored = list(
        run.proposals.select_related("enquiry__chosen_therapist", "therapist").order_by(
            "enquiry__received_at", "pk"
        )
    )
    rows = _rows(run, [row for row in stored if _can_be_opened(row)])
    nobody = [row for row in rows if row.proposal.state == ProposalState.NOBODY]
    decided = [row for row in rows if not row.is_open and row.proposal.state != ProposalState.NOBODY]
    replays, is_whole = _replays(run)
    return ProposalsOfRun(
        run=run,
        total=points(run.total),
        open=[row for row in rows if row.is_open],
        rest=decided,
        nobody=nobody,
        replays=replays,
        is_whole=is_whole,
        came_since=waiting_enquiries().exclude(proposals__run=run).count(),
    )


def _replays(run: StoredProposalRun) -> tuple[bool, bool]:
    try:
        replay_proposals(run)
    except SomeoneErased:
        return False, False
    except ReplayDiffers:
        return False, True
    return True, True


def _can_be_opened(row: StoredProposal) -> bool:
    """One that was damaged keeps nobody from deciding about the others."""
    try:
        return bool(row.inputs)
    except CannotOpen:
        return False


def _rows(run: StoredProposalRun, stored: Sequence[StoredProposal]) -> list[ProposalRow]:
    waiting = [waiting_from_plain(row.inputs) for row in stored]
    candidates = {one.therapist_id: one for one in candidates_from_plain(run.candidates)}
    titles = _titles(waiting)
    enquiries = [row.enquiry for row in stored]
    still_waiting = set(
        waiting_enquiries().filter(pk__in=[enquiry.pk for enquiry in enquiries]).values_list("pk", flat=True)
    )
    read = read_by_team(enquiries)
    before = _set_aside_before(run, enquiries)
    rows = []
    for row, asked in zip(stored, waiting, strict=True):
        is_read = row.enquiry.state != State.RECEIVED or row.enquiry_id in read
        is_open = row.state == ProposalState.OPEN and row.enquiry_id in still_waiting
        if row.therapist_id is None:
            why = why_nobody(row.because)
            rows.append(ProposalRow(row, asked.days_waited, is_open, is_read, why))
            continue
        candidate = candidates[row.therapist_id]
        rows.append(
            ProposalRow(
                proposal=row,
                days_waited=asked.days_waited,
                is_open=is_open,
                is_read=is_read,
                why=why_first(row),
                better_elsewhere=better_elsewhere(row),
                terms=terms_in_words(row, asked.days_waited, candidate, WORTH_BY_VERSION[run.worth_version]),
                total=points(row.total or 0),
                cautions=_cautions(run, row, asked, candidate, titles),
                set_aside_before=before.get((row.enquiry_id, row.therapist_id)),
            )
        )
    return rows


def _titles(waiting: Sequence[WaitingInput]) -> tuple[dict[int, str], dict[int, str]]:
    concerns: set[int] = set()
    therapies: set[int] = set()
    for one in waiting:
        concerns |= one.criteria.concerns.union(*one.criteria.related_concerns.values())
        therapies |= one.criteria.therapies
    return (
        dict(ConcernPage.objects.filter(pk__in=concerns).values_list("pk", "title")),
        dict(TherapyPage.objects.filter(pk__in=therapies).values_list("pk", "title")),
    )


def _cautions(
    run: StoredProposalRun,
    row: StoredProposal,
    asked: WaitingInput,
    candidate: Candidate,
    titles: tuple[dict[int, str], dict[int, str]],
) -> list[str]:
    """Return what to know first, as the suggestions beside the enquiry say it."""
    [ranked] = rank(asked.criteria, [candidate], WEIGHTS_BY_VERSION[run.weights_version])
    said = explain(asked.criteria, ShortlistedTherapist(ranked, tuple(Rung(rung) for rung in row.eased)))
    concerns, therapies = titles
    names = PageTitles(concerns, therapies, says_uk_time=row.enquiry.time_zone != UK)
    return [sentence(caution, names) for caution in said.cautions]


def _set_aside_before(
    run: StoredProposalRun, enquiries: Sequence[Enquiry]
) -> dict[tuple[UUID, int], StoredProposal]:
    """Return the latest earlier one by enquiry and therapist."""
    earlier = StoredProposal.objects.filter(state=ProposalState.SET_ASIDE, enquiry__in=enquiries)
    return {
        (row.enquiry_id, row.therapist_id): row
        for row in earlier.exclude(run=run).order_by("decided_at")
        if row.therapist_id
    }
