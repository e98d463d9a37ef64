"""What a matcher does with a proposal: ask the therapist, with every check made again, or set it aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from therapists.enquiries.enums import State
from therapists.enquiries.lapses import in_words, lapses
from therapists.enquiries.models import AccessLogEntry, Enquiry, ProposalState, ReadingKind, StoredProposal
from therapists.enquiries.services.lifecycle import NotAllowed, move
from therapists.enquiries.services.offers import offer_to_next, set_shortlist
from therapists.matching.engine.proposals import waiting_for_proposal
from therapists.matching.making_proposals import (
    WAITING,
    proposal_inputs,
    waiting_enquiries,
    who_can_be_asked,
)
from therapists.models import Availability, TherapistPage

#: From these a shortlist is made only once somebody reads the enquiry.
BEFORE_REVIEW = frozenset({State.RECEIVED, State.WAITLIST})


class NotDone(Exception):
    """Nothing was done with this proposal, and why, in words for the matcher."""

    def __init__(self, why: str, reference: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.reference = reference


@dataclass(frozen=True, slots=True)
class AskedByProposal:
    reference: str
    therapist: str
    until: datetime


@transaction.atomic
def ask(proposal_id: UUID, by: User) -> AskedByProposal:
    """Offer the enquiry to the proposed therapist, or raise NotDone and leave all as it was."""
    enquiry, proposal = _locked(proposal_id)
    therapist = proposal.therapist
    if therapist is None:
        raise NotDone(_("There is nobody to ask."), enquiry.reference)
    _check_enquiry(enquiry)
    # One at a time for each therapist: of two who are asked to take a last place, the second is too late.
    list(Availability.objects.select_for_update().filter(therapist=therapist))
    _check_pair(enquiry, therapist)
    try:
        if enquiry.state in BEFORE_REVIEW:
            move(enquiry.pk, State.REVIEW, by=by)
        made = date_format(timezone.localtime(proposal.run.made_at), "j F Y")
        reason = _("Proposed on %(day)s for everyone who waited, at once.") % {"day": made}
        set_shortlist(enquiry.pk, [therapist], by=by, reason=reason)
        offer = offer_to_next(enquiry.pk, by=by)
    except ValidationError as error:
        raise NotDone(" ".join(error.messages), enquiry.reference) from error
    except NotAllowed as error:
        raise NotDone(_("Someone moved this enquiry meanwhile."), enquiry.reference) from error
    if offer is None or offer.therapist_id != therapist.pk:
        raise NotDone(_("%(name)s was asked already.") % {"name": therapist.title}, enquiry.reference)
    _decide(proposal, ProposalState.ASKED, by)
    return AskedByProposal(enquiry.reference, therapist.title, offer.expires_at)


@transaction.atomic
def set_aside(proposal_id: UUID, by: User, reason: str, *, is_final: bool = False) -> str:
    """Keep why this proposal is not followed, and return its reference. Raise NotDone where that is decided.

    Where it is final, these two are not proposed again.
    """
    enquiry, proposal = _locked(proposal_id)
    proposal.reason = reason
    proposal.is_final = is_final
    _decide(proposal, ProposalState.SET_ASIDE, by)
    return enquiry.reference


def _locked(proposal_id: UUID) -> tuple[Enquiry, StoredProposal]:
    """Return an open proposal with its enquiry, both held: the enquiry first, as everywhere."""
    enquiry = Enquiry.objects.select_for_update(of=("self",)).filter(proposals=proposal_id).first()
    if enquiry is None:
        raise NotDone(_("An enquiry was erased meanwhile."))
    proposal = (
        StoredProposal.objects.select_for_update(of=("self",))
        .select_related("run", "therapist")
        .get(pk=proposal_id)
    )
    match proposal.state:
        case ProposalState.OPEN:
            return enquiry, proposal
        case ProposalState.SUPERSEDED:
            why = _("Proposals were made anew meanwhile.")
        case ProposalState.ASKED:
            why = _("Asked already, by %(name)s.") % {"name": proposal.decided_by_name}
        case ProposalState.SET_ASIDE:
            why = _("Set aside already, by %(name)s.") % {"name": proposal.decided_by_name}
        case _:
            why = _("There is nobody to ask.")
    raise NotDone(why, enquiry.reference)


def _check_enquiry(enquiry: Enquiry) -> None:
    if enquiry.state not in WAITING:
        state = str(enquiry.get_state_display())
        raise NotDone(_("It no longer waits: %(state)s.") % {"state": state}, enquiry.reference)
    if not waiting_enquiries().filter(pk=enquiry.pk).exists():
        raise NotDone(_("What they wrote is to be read for their safety first."), enquiry.reference)
    if enquiry.state == State.RECEIVED and not read_by_team([enquiry]):
        raise NotDone(_("Nobody has read it yet. Read it first."), enquiry.reference)


def read_by_team(enquiries: Sequence[Enquiry]) -> set[UUID]:
    """Return those that somebody on the team has opened."""
    readings = AccessLogEntry.objects.filter(
        enquiry_id__in=[enquiry.pk for enquiry in enquiries],
        reading=ReadingKind.ENQUIRY,
        therapist_id=None,
        break_glass=None,
    )
    return set(readings.order_by().values_list("enquiry_id", flat=True))


def _check_pair(enquiry: Enquiry, therapist: TherapistPage) -> None:
    """Ask again what the proposal was made from, of the answers, profiles and places of now."""
    if found := lapses(therapist):
        why = _("%(name)s cannot be asked: %(why)s.") % {"name": therapist.title, "why": in_words(found)}
        raise NotDone(why, enquiry.reference)
    as_of = timezone.localdate()
    candidates = who_can_be_asked(as_of, only=therapist.pk)
    [waiting] = proposal_inputs([enquiry], candidates, as_of).waiting
    fits = waiting_for_proposal(
        waiting.criteria, candidates, as_of, days_waited=waiting.days_waited, agreed=waiting.agreed
    ).scores
    if therapist.pk not in fits:
        why = _("What they look for, or what %(name)s offers, has changed: the two no longer fit.")
        raise NotDone(why % {"name": therapist.title}, enquiry.reference)
    if not candidates[0].has_place:
        raise NotDone(_("%(name)s has no place left.") % {"name": therapist.title}, enquiry.reference)


def _decide(proposal: StoredProposal, state: ProposalState, by: User) -> None:
    proposal.state = state
    proposal.decided_at = timezone.now()
    proposal.decided_by = by
    proposal.decided_by_name = get_user_display_name(by)[:150]
    proposal.save(
        update_fields=["state", "decided_at", "decided_by", "decided_by_name", "reason", "is_final"]
    )
