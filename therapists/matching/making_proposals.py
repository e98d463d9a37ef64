"""Make proposals for all who wait, store them with what they were made from, and replay them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.encryption import CannotOpen
from therapists.enquiries.enums import State
from therapists.enquiries.free_times import workloads
from therapists.enquiries.lapses import Lapse, lapses_of
from therapists.enquiries.models import (
    Enquiry,
    EnquiryQuerySet,
    FollowUp,
    Offer,
    OfferState,
    ProposalState,
    StoredProposal,
    StoredProposalRun,
)
from therapists.enquiries.models.offers import REFUSED
from therapists.enquiries.working_time import working_time
from therapists.matching.engine.criteria import CURRENT_WEIGHTS, Candidate
from therapists.matching.engine.proposals import CURRENT_WORTH, NotProposed, Proposal, Proposals
from therapists.matching.engine.shortlist import Rung
from therapists.matching.engine.snapshot import (
    ProposalInputs,
    WaitingInput,
    candidates_from_plain,
    plain_candidates,
    waiting_from_plain,
)
from therapists.matching.inputs.candidates import load_candidates
from therapists.matching.inputs.ranking_inputs import criteria_for, related_concerns
from therapists.matching.services import ReplayDiffers
from therapists.models import TherapistPage

#: A therapist is to be found, nobody has been asked, and nothing else has to come first.
WAITING = [State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST]


class SomeoneErased(ReplayDiffers):
    """An enquiry that waited has been erased since, and with it a part of the input."""


def waiting_enquiries() -> EnquiryQuerySet:
    """Return those who wait for proposals: nobody whose words are to be read for safety first."""
    unread = FollowUp.objects.unread_for_safety().filter(enquiry=OuterRef("pk"))
    return Enquiry.objects.filter(~Exists(unread), state__in=WAITING, erasure_asked_at=None)


def make_mornings_proposals(now: datetime | None = None) -> StoredProposalRun | None:
    """Make those of this working morning, once, as soon as the practice is open; return None otherwise."""
    now = now or timezone.now()
    of_today = StoredProposalRun.objects.filter(as_of=timezone.localdate(now), made_by=None)
    if of_today.exists() or not working_time().is_open(now):
        return None
    try:
        return _make(None, now)
    except IntegrityError:
        if of_today.exists():
            # Another worker was faster.
            return None
        raise


def make_proposals_now(by: User) -> StoredProposalRun:
    """Make proposals for a matcher, or return the latest where nothing has changed and none is decided."""
    return _make(by, timezone.now())


@transaction.atomic
def _make(by: User | None, now: datetime) -> StoredProposalRun:
    as_of = timezone.localdate(now)
    # Held in one order until the end: none is offered, moved or erased meanwhile.
    held = list(
        waiting_enquiries().select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    )
    enquiries = list(Enquiry.objects.filter(pk__in=held).with_answers().order_by("received_at", "reference"))
    inputs = proposal_inputs(enquiries, who_can_be_asked(as_of), as_of)
    latest = StoredProposalRun.objects.first()
    if by and latest and latest.inputs_hash == inputs.digest() and not _is_begun(latest):
        return latest
    found = inputs.run()
    run = StoredProposalRun.objects.create(
        made_at=now,
        made_by=by,
        as_of=as_of,
        weights_version=inputs.weights_version,
        worth_version=inputs.worth_version,
        inputs_hash=inputs.digest(),
        candidates=plain_candidates(inputs.candidates),
        waiting=len(enquiries),
        total=found.total,
    )
    _store_rows(run, inputs, found, {str(one.draw_key): one.pk for one in enquiries})
    StoredProposal.objects.open().exclude(run=run).update(state=ProposalState.SUPERSEDED)
    return run


def _is_begun(run: StoredProposalRun) -> bool:
    return run.proposals.exclude(state__in=[ProposalState.OPEN, ProposalState.NOBODY]).exists()


def _store_rows(
    run: StoredProposalRun, inputs: ProposalInputs, found: Proposals, enquiries: dict[str, UUID]
) -> None:
    plain = {one.criteria.draw_key: one.to_plain() for one in inputs.waiting}
    names = dict(
        TherapistPage.objects.filter(pk__in={one.therapist_id for one in found.proposals}).values_list(
            "pk", "title"
        )
    )
    rows = []
    for one in found.everyone:
        row = StoredProposal(run=run, enquiry_id=enquiries[one.draw_key], **_result(one))
        row.inputs = plain[one.draw_key]
        row.therapist_name = names.get(row.therapist_id or 0, "")
        rows.append(row)
    StoredProposal.objects.bulk_create(rows)


def _result(one: Proposal | NotProposed) -> dict[str, object]:
    """Return what is stored of a result, and compared when it is made again."""
    if isinstance(one, NotProposed):
        return {"state": ProposalState.NOBODY, "because": str(one.because)}
    return {
        "therapist_id": one.therapist_id,
        "terms": one.terms.by_name(),
        "total": one.terms.total,
        "because": str(one.because),
        "choices": one.choices,
        "rivals": one.rivals,
        "worth_more": one.worth_more,
        "eased": [str(rung) for rung in one.eased],
    }


def replay_proposals(run: StoredProposalRun) -> Proposals:
    """Compute stored proposals again, from their own input and versions.

    Raise ReplayDiffers where the result is not the stored one, SomeoneErased where a part is gone.
    """
    rows = list(run.proposals.all())
    if len(rows) < run.waiting:
        raise SomeoneErased
    try:
        waiting = {one.criteria.draw_key: one for one in (waiting_from_plain(row.inputs) for row in rows)}
        stored = {row.inputs["criteria"]["draw_key"]: row for row in rows}
        inputs = ProposalInputs(
            waiting=tuple(waiting.values()),
            candidates=candidates_from_plain(run.candidates),
            as_of=run.as_of,
            weights_version=run.weights_version,
            worth_version=run.worth_version,
        )
        found = inputs.run()
    except (CannotOpen, KeyError, TypeError, ValueError) as unreadable:
        raise ReplayDiffers("inputs") from unreadable
    if inputs.digest() != run.inputs_hash:
        raise ReplayDiffers("inputs")
    for one in found.everyone:
        row = stored[one.draw_key]
        again = _result(one)
        again.pop("state", None)
        if any(getattr(row, name) != value for name, value in again.items()):
            raise ReplayDiffers("proposals")
    if found.total != run.total:
        raise ReplayDiffers("total")
    return found


def proposal_inputs(
    enquiries: Sequence[Enquiry], candidates: Sequence[Candidate], as_of: date
) -> ProposalInputs:
    """Return the input of today. The number of queries is constant."""
    answers = [enquiry.answers() for enquiry in enquiries]
    related = related_concerns({concern for one in answers for concern in one.concerns})
    barred = _barred(enquiries)
    return ProposalInputs(
        waiting=tuple(
            WaitingInput(
                criteria=criteria_for(
                    one,
                    draw_key=str(enquiry.draw_key),
                    as_of=as_of,
                    related=related,
                    declined_by=frozenset(barred[enquiry.pk]),
                ),
                days_waited=max((as_of - timezone.localdate(enquiry.received_at)).days, 0),
                agreed=frozenset({Rung.REDUCED_FEE}) if one.wants_reduced_fee else frozenset(),
                picked=enquiry.chosen_therapist_id,
            )
            for enquiry, one in zip(enquiries, answers, strict=True)
        ),
        candidates=tuple(candidates),
        as_of=as_of,
        weights_version=CURRENT_WEIGHTS.version,
        worth_version=CURRENT_WORTH.version,
    )


def _barred(enquiries: Sequence[Enquiry]) -> defaultdict[UUID, set[int]]:
    """Return by enquiry who said no, could not be reached, or was set aside by a matcher for good."""
    barred: defaultdict[UUID, set[int]] = defaultdict(set)
    over = Offer.objects.filter(state__in=[*REFUSED, OfferState.UNREACHED], enquiry__in=enquiries)
    final = StoredProposal.objects.set_aside_for_good().filter(enquiry__in=enquiries)
    for rows in (over, final):
        for enquiry, therapist in rows.order_by().values_list("enquiry", "therapist"):
            barred[enquiry].add(therapist)
    return barred


def who_can_be_asked(as_of: date, only: int | None = None) -> list[Candidate]:
    """Return the therapists of today who can be written to, or the one of this key if they can.

    Who is paused is a choice for later.
    """
    therapists = load_candidates(as_of, workloads(as_of), only)
    pages = TherapistPage.objects.filter(pk__in=[one.therapist_id for one in therapists])
    lapsed = lapses_of(list(pages))
    return [one for one in therapists if not set(lapsed[one.therapist_id]) - {Lapse.PAUSED}]
