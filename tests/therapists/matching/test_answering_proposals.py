"""A matcher accepts proposals, all or some, or sets them aside: every check is made again at that moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.at_one_moment import at_one_moment
from tests.factories.enquiries import NewEnquiryFactory, make_matcher, make_offerable_therapist
from tests.factories.therapists import TherapistConcernFactory
from therapists.enquiries.access.access_log import record_reading
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Enquiry,
    FollowUp,
    FollowUpKind,
    Offer,
    OfferState,
    OutgoingMessage,
    Override,
    ProposalState,
    ReadingKind,
    StoredProposal,
    StoredProposalRun,
)
from therapists.enquiries.services.lifecycle import withdraw
from therapists.enquiries.services.retention import erase
from therapists.enquiries.services.submit import receive_enquiry
from therapists.matching.answering_proposals import AskedByProposal, NotDone, set_aside
from therapists.matching.answering_proposals import ask as ask_by_proposal
from therapists.matching.making_proposals import make_mornings_proposals, make_proposals_now
from therapists.models import TherapistPage


@pytest.fixture
def therapist(make_therapist):
    return make_therapist("Sample One", places=1)


@pytest.fixture
def proposal(ask, therapist, practice, matcher):
    ask(practice.grief)
    return make_proposals_now(matcher).proposals.get()


def refused(proposal, matcher) -> str:
    before = (Offer.objects.count(), OutgoingMessage.objects.count())
    with pytest.raises(NotDone) as caught:
        ask_by_proposal(proposal.pk, matcher)
    assert (Offer.objects.count(), OutgoingMessage.objects.count()) == before
    return caught.value.why


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST])
def test_the_therapist_is_asked_from_every_state_that_waits(ask, therapist, practice, matcher, state):
    enquiry = ask(practice.grief, state)
    record_reading(enquiry, ReadingKind.ENQUIRY, matcher)
    proposal = make_proposals_now(matcher).proposals.get()
    asked = ask_by_proposal(proposal.pk, matcher)
    offer = Offer.objects.get()
    assert asked == AskedByProposal(enquiry.reference, "Sample One", offer.expires_at)
    assert (offer.therapist, offer.made_by, offer.state) == (therapist, matcher, OfferState.LIVE)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.ASKED, matcher)
    assert Override.objects.get().reason.startswith("Proposed on ")
    assert refused(proposal, matcher) == "Asked already, by matcher."


def paused(proposal):
    proposal.therapist.availability.paused_until = timezone.localdate() + timedelta(days=9)
    proposal.therapist.availability.save()


def uninsured(proposal):
    proposal.therapist.private.insurance_expires_on = timezone.localdate() - timedelta(days=1)
    proposal.therapist.private.save()


def unpublished(proposal):
    TherapistPage.objects.get(pk=proposal.therapist_id).unpublish()


def unsure_of_the_concern(proposal):
    proposal.therapist.concerns.all().delete()


def place_taken(proposal):
    other = receive_enquiry(NewEnquiryFactory())
    Enquiry.objects.filter(pk=other.pk).update(state=State.OFFERED)
    Offer.objects.create(
        enquiry=other, therapist=proposal.therapist, expires_at=timezone.now() + timedelta(days=2)
    )


def said_no(proposal):
    Offer.objects.create(
        enquiry=proposal.enquiry,
        therapist=proposal.therapist,
        state=OfferState.DECLINED,
        expires_at=timezone.now(),
    )


def withdrawn(proposal):
    withdraw(proposal.enquiry_id)


def to_be_read_for_safety(proposal):
    FollowUp.objects.create(enquiry=proposal.enquiry, kind=FollowUpKind.READ_FOR_SAFETY)


def on_safety_hold(proposal):
    Enquiry.objects.filter(pk=proposal.enquiry_id).update(state=State.SAFETY_HOLD)


def erasure_waits(proposal):
    Enquiry.objects.filter(pk=proposal.enquiry_id).update(erasure_asked_at=timezone.now())


def not_read(proposal):
    Enquiry.objects.filter(pk=proposal.enquiry_id).update(state=State.RECEIVED)


def made_anew(proposal):
    proposal.therapist.availability.places_per_four_weeks = 5
    proposal.therapist.availability.save()
    make_proposals_now(make_matcher("another"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (paused, "Sample One cannot be asked: they take no new clients at the moment."),
        (uninsured, "Sample One cannot be asked: their insurance has run out, or is not on record."),
        (unpublished, "Sample One cannot be asked: their profile is not public."),
        (unsure_of_the_concern, "What they look for, or what Sample One offers, has changed"),
        (place_taken, "Sample One has no place left."),
        (said_no, "What they look for, or what Sample One offers, has changed"),
        (withdrawn, "It no longer waits: Withdrawn."),
        (to_be_read_for_safety, "What they wrote is to be read for their safety first."),
        (on_safety_hold, "It no longer waits: Safety check."),
        (erasure_waits, "What they wrote is to be read for their safety first."),
        (not_read, "Nobody has read it yet. Read it first."),
        (made_anew, "Proposals were made anew meanwhile."),
    ],
)
def test_nothing_is_done_and_it_says_why(proposal, matcher, happens, why):
    happens(proposal)
    assert refused(proposal, matcher).startswith(why)
    proposal.refresh_from_db()
    assert proposal.state in {ProposalState.OPEN, ProposalState.SUPERSEDED}


@pytest.mark.django_db
def test_an_erased_enquiry_is_no_error(proposal, matcher):
    erase(proposal.enquiry_id)
    assert refused(proposal, matcher) == "An enquiry was erased meanwhile."


@pytest.mark.django_db
def test_why_it_was_set_aside_is_kept_and_sealed(proposal, matcher):
    assert set_aside(proposal.pk, matcher, "They are neighbours.") == proposal.enquiry.reference
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by_name) == (
        ProposalState.SET_ASIDE,
        "They are neighbours.",
        "matcher",
    )
    assert "neighbours" not in repr(StoredProposal.objects.values("reason"))
    assert refused(proposal, matcher) == "Set aside already, by matcher."
    assert not Offer.objects.exists()


@pytest.fixture
def waiting(committed):
    """Two enquiries, and two proposals for the only place of one therapist: the second from before."""
    matcher = make_matcher()
    therapist = make_offerable_therapist(committed.get_parent(), "Sample One")
    TherapistConcernFactory(therapist=therapist, concern=committed, verified_on=timezone.localdate())
    therapist.availability.places_per_four_weeks = 1
    therapist.availability.save()
    for _number in range(2):
        enquiry = receive_enquiry(
            NewEnquiryFactory(
                answers__concerns=(committed.pk,), answers__genders=(), answers__client_group="individual"
            )
        )
        Enquiry.objects.filter(pk=enquiry.pk).update(state=State.REVIEW)
    run = make_proposals_now(matcher)
    nobody = run.proposals.get(state=ProposalState.NOBODY)
    nobody.therapist, nobody.state = therapist, ProposalState.OPEN
    nobody.save()
    return matcher, list(run.proposals.values_list("pk", flat=True))


def test_two_workers_at_one_moment_propose_once(waiting, opening):
    outcomes = at_one_moment(*[lambda: make_mornings_proposals(opening)] * 3)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "NoneType",
        "NoneType",
        "StoredProposalRun",
    ]
    assert StoredProposalRun.objects.filter(made_by=None).count() == 1
    assert StoredProposal.objects.open().count() == 1


def test_two_matchers_at_one_moment_ask_once(waiting):
    matcher, [first, _second] = waiting
    outcomes = at_one_moment(*[lambda: ask_by_proposal(first, matcher)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AskedByProposal", "NotDone"]
    assert Offer.objects.count() == 1


def test_the_last_place_is_offered_once(waiting):
    matcher, proposals = waiting
    outcomes = at_one_moment(*[lambda key=key: ask_by_proposal(key, matcher) for key in proposals])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AskedByProposal", "NotDone"]
    [late] = [outcome for outcome in outcomes if isinstance(outcome, NotDone)]
    assert late.why == "Sample One has no place left."
    assert Offer.objects.count() == 1


def test_asking_erasing_and_making_anew_at_one_moment_leave_no_half(waiting):
    matcher, [first, second] = waiting
    enquiry = StoredProposal.objects.get(pk=second).enquiry_id
    outcomes = at_one_moment(
        lambda: ask_by_proposal(first, matcher),
        lambda: ask_by_proposal(second, matcher),
        lambda: erase(enquiry),
        lambda: make_proposals_now(matcher),
    )
    assert {type(outcome).__name__ for outcome in outcomes} <= {
        "AskedByProposal",
        "NotDone",
        "NoneType",
        "StoredProposalRun",
    }
    assert not Enquiry.objects.filter(pk=enquiry).exists()
    assert Offer.objects.count() <= 1
    for offer in Offer.objects.all():
        assert offer.enquiry.state == State.OFFERED
