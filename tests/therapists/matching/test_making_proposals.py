"""Proposals for all who wait: made each working morning, stored, replayed, and erased with the enquiry."""

from datetime import timedelta

import pytest
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Closure,
    Enquiry,
    EnquirySettings,
    FollowUp,
    FollowUpKind,
    Offer,
    OfferState,
    ProposalState,
    StoredProposal,
    StoredProposalRun,
)
from therapists.enquiries.services.retention import erase, purge
from therapists.matching import tasks
from therapists.matching.answering_proposals import set_aside
from therapists.matching.making_proposals import (
    SomeoneErased,
    make_mornings_proposals,
    make_proposals_now,
    replay_proposals,
)
from therapists.matching.services import ReplayDiffers

pytestmark = pytest.mark.django_db


def pairs(run):
    return {row.enquiry_id: row.therapist_id for row in run.proposals.all()}


def test_the_morning_is_that_of_the_practice_and_comes_once(ask, make_therapist, practice, opening):
    therapist = make_therapist("Sample One")
    enquiry = ask(practice.grief)
    assert make_mornings_proposals(opening - timedelta(minutes=1)) is None
    run = make_mornings_proposals(opening + timedelta(minutes=3))
    assert pairs(run) == {enquiry.pk: therapist.pk}
    assert (run.made_by, run.waiting, run.as_of) == (None, 1, timezone.localdate(opening))
    assert make_mornings_proposals(opening + timedelta(hours=2)) is None
    saturday = opening + timedelta(days=5 - opening.weekday())
    assert make_mornings_proposals(saturday) is None
    tomorrow = timezone.localdate(opening) + timedelta(days=1)
    Closure.objects.create(settings=EnquirySettings.load(), first_day=tomorrow, last_day=tomorrow)
    assert make_mornings_proposals(opening + timedelta(days=1)) is None
    assert make_mornings_proposals(opening + timedelta(days=2)).pk > run.pk
    assert set(run.proposals.values_list("state", flat=True)) == {ProposalState.SUPERSEDED}
    tasks.propose(0)


def test_a_worker_killed_midway_leaves_nothing_and_the_next_makes_all(
    ask, make_therapist, practice, opening, monkeypatch
):
    make_therapist("Sample One")
    ask(practice.grief)

    def killed(*_args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as midway:
        midway.setattr(StoredProposal.objects, "bulk_create", killed)
        with pytest.raises(RuntimeError):
            make_mornings_proposals(opening)
    assert not StoredProposalRun.objects.exists()
    assert make_mornings_proposals(opening).proposals.count() == 1


def test_a_morning_without_enquiries_or_therapists(ask, practice, opening):
    assert make_mornings_proposals(opening).waiting == 0
    enquiry = ask(practice.grief)
    [row] = make_mornings_proposals(opening + timedelta(days=1)).proposals.all()
    assert (row.enquiry, row.state, row.because) == (enquiry, ProposalState.NOBODY, "no_one_fits")


def test_only_those_who_wait_and_nobody_to_be_read_for_safety(ask, make_therapist, practice, matcher):
    make_therapist("Sample One", places=30)
    waits = {State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST}
    expected = {ask(practice.grief, state).pk for state in waits}
    for state in set(State) - waits:
        ask(practice.grief, state)
    unread = ask(practice.grief)
    FollowUp.objects.create(enquiry=unread, kind=FollowUpKind.READ_FOR_SAFETY)
    Enquiry.objects.filter(pk=ask(practice.grief).pk).update(erasure_asked_at=timezone.now())
    assert set(pairs(make_proposals_now(matcher))) == expected


def test_the_only_place_goes_to_whom_few_could_take_and_each_term_is_kept(
    ask, make_therapist, practice, matcher
):
    both = make_therapist("Sample Both", places=1)
    polish = make_therapist("Sample Polish", languages=["pl", "en"], places=1)
    for number in range(4):
        make_therapist(f"Sample {number}", places=1, used=1)
    early = ask(practice.grief, days=5)
    needs = ask(practice.grief, days=1, languages=("pl",), language_is_essential=True)
    run = make_proposals_now(matcher)
    assert pairs(run) == {early.pk: both.pk, needs.pk: polish.pk}
    row = run.proposals.get(enquiry=needs)
    assert row.terms == {
        "proposed": 1000,
        "waited": 15,
        "few_choices": 60,
        "fit": 60.0,
        "share_used": 0,
    }
    assert (row.total, row.because, row.rivals, row.choices) == (1135.0, "few_choices", 1, 1)
    assert run.total == sum(row.total for row in run.proposals.all())
    assert replay_proposals(run).total == run.total
    assert "grief" not in str(run.candidates)
    assert str(practice.grief.pk) not in repr(StoredProposal.objects.values("sealed_input"))


def test_whoever_refused_was_not_reached_or_was_set_aside_for_good_is_not_proposed(
    ask, make_therapist, practice, matcher
):
    enquiry, therapist = ask(practice.grief), make_therapist("Sample One")
    offer = Offer.objects.create(
        enquiry=enquiry, therapist=therapist, state=OfferState.DECLINED, expires_at=timezone.now()
    )
    for state in (OfferState.DECLINED, OfferState.EXPIRED, OfferState.UNREACHED):
        Offer.objects.filter(pk=offer.pk).update(state=state)
        assert pairs(make_proposals_now(matcher)) == {enquiry.pk: None}
    offer.delete()
    run = make_proposals_now(matcher)
    assert pairs(run) == {enquiry.pk: therapist.pk}
    assert make_proposals_now(matcher) == run
    set_aside(run.proposals.get().pk, matcher, "Not today.")
    again = make_proposals_now(matcher)
    assert pairs(again) == {enquiry.pk: therapist.pk}
    set_aside(again.proposals.get().pk, matcher, "They know each other.", is_final=True)
    assert pairs(make_proposals_now(matcher)) == {enquiry.pk: None}


def test_a_replay_gives_the_same_and_finds_what_was_changed(ask, make_therapist, practice, matcher):
    therapists = [make_therapist(f"Sample {number}", places=1) for number in range(2)]
    for number in range(3):
        ask(practice.grief, days=number)
    run = make_proposals_now(matcher)
    therapists[0].availability.places_per_four_weeks = 9
    therapists[0].availability.save()
    assert replay_proposals(run).total == run.total
    row = run.proposals.exclude(therapist=None).first()
    row.terms = row.terms | {"waited": 0}
    row.save()
    with pytest.raises(ReplayDiffers):
        replay_proposals(run)


def test_what_is_erased_leaves_nothing_and_a_run_without_enquiries_goes(
    ask, make_therapist, practice, opening
):
    make_therapist("Sample One")
    first, second = ask(practice.grief), ask(practice.grief)
    run = make_mornings_proposals(opening)
    erase(first.pk)
    with pytest.raises(SomeoneErased):
        replay_proposals(run)
    erase(second.pk)
    assert not StoredProposal.objects.exists()
    StoredProposalRun.objects.update(as_of=timezone.localdate())
    purge()
    assert StoredProposalRun.objects.exists()
    StoredProposalRun.objects.update(as_of=timezone.localdate() - timedelta(days=1))
    purge()
    assert not StoredProposalRun.objects.exists()
