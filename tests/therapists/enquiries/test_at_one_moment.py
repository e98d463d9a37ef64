"""Things that happen at one moment, each on a connection of its own to a real PostgreSQL."""

import time
import uuid
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from tests.at_one_moment import at_one_moment
from tests.factories.enquiries import NewEnquiryFactory, make_matcher, make_offerable_therapist, offer_to
from tests.factories.matching import MatchingPageFactory
from tests.therapists.matching.front_end import FrontEnd
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUp,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
    ShortlistEntry,
)
from therapists.enquiries.services.change import change_answers
from therapists.enquiries.services.lifecycle import NotAllowed, move, withdraw
from therapists.enquiries.services.offer_ends import expire_overdue
from therapists.enquiries.services.offers import OfferClosed, accept, offer_to_next, release
from therapists.enquiries.services.submit import receive_enquiry
from therapists.matching.form import ticket


@pytest.fixture
def shortlisted(committed) -> Enquiry:
    """An enquiry with two therapists to ask."""
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    move(enquiry.pk, State.REVIEW)
    for position, name in enumerate(["Sample First", "Sample Second"]):
        therapist = make_offerable_therapist(committed.get_parent(), name)
        ShortlistEntry.objects.create(enquiry=enquiry, position=position, therapist=therapist)
    return move(enquiry.pk, State.SHORTLISTED)


def kinds(outcomes) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_clicks_at_one_moment_make_one_enquiry(committed):
    new = NewEnquiryFactory(answers__concerns=(committed.pk,), idempotency_key=uuid.uuid4())
    outcomes = at_one_moment(*[lambda: receive_enquiry(new)] * 4)
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Enquiry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2
    assert FollowUp.objects.count() == 0


@pytest.fixture
def front_end(committed, monkeypatch):
    """Asks for what anyone can see before the moment that counts."""
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    home = committed.get_parent().get_parent()
    Site.objects.update(root_page=home, hostname="testserver")
    MatchingPageFactory(parent=home)
    return FrontEnd(Client(), SimpleNamespace(grief=committed))


def test_one_request_at_one_moment_makes_one_enquiry_and_has_one_answer(front_end):
    answers, key = front_end.answers(), uuid.uuid4()
    outcomes = at_one_moment(*[lambda: FrontEnd(Client(), None).sends(answers, key)] * 4)
    assert [outcome.status_code for outcome in outcomes] == [201] * 4
    assert len({outcome.content for outcome in outcomes}) == 1
    assert Enquiry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2


def test_of_different_requests_with_one_key_at_one_moment_one_is_kept(front_end):
    answers, key = front_end.answers(), uuid.uuid4()
    sends = [
        lambda name=name: FrontEnd(Client(), None).sends(answers | {"name": name}, key)
        for name in ("Sam", "Alex", "Kim")
    ]
    outcomes = at_one_moment(*sends)
    assert sorted(outcome.status_code for outcome in outcomes) == [201, 409, 409]
    assert Enquiry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2


def test_of_different_requests_with_one_ticket_at_one_moment_one_is_kept(front_end):
    answers = front_end.answers()
    outcomes = at_one_moment(*[lambda: FrontEnd(Client(), None).sends(answers)] * 3)
    assert sorted(outcome.status_code for outcome in outcomes) == [201, 400, 400]
    assert Enquiry.objects.count() == 1


def test_of_two_matchers_at_one_moment_one_moves_it(committed):
    enquiry = receive_enquiry(NewEnquiryFactory(answers__concerns=(committed.pk,)))
    outcomes = at_one_moment(*[lambda: move(enquiry.pk, State.REVIEW)] * 3)
    assert sum(isinstance(outcome, NotAllowed) for outcome in outcomes) == 2
    assert enquiry.changes.count() == 1


def test_a_yes_and_a_withdrawal_at_one_moment_end_withdrawn(shortlisted):
    offer = offer_to_next(shortlisted.pk)
    enquiry = offer.enquiry
    outcomes = at_one_moment(lambda: accept(offer.pk), lambda: accept(offer.pk), lambda: withdraw(enquiry.pk))
    assert sum(isinstance(outcome, OfferClosed) for outcome in outcomes) in {1, 2}
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.therapist) == (State.WITHDRAWN, None)
    assert not enquiry.offers.live().exists()


def test_of_two_matchers_who_offer_at_one_moment_one_does(shortlisted):
    outcomes = at_one_moment(*[lambda: offer_to_next(shortlisted.pk)] * 3)
    assert kinds(outcomes) == ["NotAllowed", "NotAllowed", "Offer"]
    assert Offer.objects.count() == 1
    assert OutgoingMessage.objects.filter(kind=MessageKind.OFFER).count() == 1


def test_two_clicks_on_yes_are_one_yes(shortlisted):
    offer = offer_to_next(shortlisted.pk)
    outcomes = at_one_moment(*[lambda: accept(offer.pk)] * 3)
    assert kinds(outcomes) == ["Enquiry", "OfferClosed", "OfferClosed"]
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.therapist) == (State.ACCEPTED, offer.therapist)
    assert enquiry.changes.filter(after=State.ACCEPTED).count() == 1


def test_a_yes_in_time_stands_though_the_offer_runs_out_before_it_is_written(shortlisted):
    offer = offer_to_next(shortlisted.pk)
    ends = timezone.now() + timedelta(seconds=1)
    Offer.objects.update(expires_at=ends)

    def say_yes_slowly():
        with transaction.atomic():
            accepted = accept(offer.pk)
            time.sleep(1.5)
        return accepted

    def run_out():
        time.sleep(1.1)
        return expire_overdue()

    outcomes = at_one_moment(say_yes_slowly, run_out)
    # It was looked at while the yes was being written, and left alone.
    assert kinds(outcomes) == ["Enquiry", "int"]
    assert 1 in outcomes
    assert Offer.objects.get().state == OfferState.ACCEPTED
    assert Enquiry.objects.get().state == State.ACCEPTED


def test_a_yes_that_waits_for_the_end_of_an_offer_comes_too_late(shortlisted):
    offer = offer_to_next(shortlisted.pk)
    Offer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    def run_out_slowly():
        with transaction.atomic():
            count = expire_overdue()
            time.sleep(0.5)
        return count

    def say_yes():
        time.sleep(0.2)
        return accept(offer.pk)

    outcomes = at_one_moment(run_out_slowly, say_yes)
    assert kinds(outcomes) == ["OfferClosed", "int"]
    first, second = Offer.objects.order_by("made_at")
    assert (first.state, second.state) == (OfferState.EXPIRED, OfferState.LIVE)
    assert first.therapist != second.therapist


def test_two_rounds_of_upkeep_at_one_moment_ask_one_more_therapist(shortlisted):
    offer_to_next(shortlisted.pk)
    Offer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    at_one_moment(expire_overdue, expire_overdue)
    assert sorted(Offer.objects.values_list("state", flat=True)) == [OfferState.EXPIRED, OfferState.LIVE]


def test_changed_answers_and_a_yes_at_one_moment_introduce_no_one(shortlisted):
    offer = offer_to_next(shortlisted.pk)
    new = NewEnquiryFactory(answers__budget=90).answers
    at_one_moment(
        lambda: accept(offer.pk),
        lambda: change_answers(shortlisted.pk, lambda told: replace(told, answers=new)),
    )
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.therapist) == (State.REVIEW, None)
    assert Offer.objects.get().state == OfferState.REVOKED


SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def offer_at(committed):
    """Offers a new enquiry, whose visitor gave these times, to one of two therapists."""
    matcher = make_matcher()
    therapists = [make_offerable_therapist(committed.get_parent(), f"Sample {n}") for n in range(2)]

    def offer(times, therapist=0) -> Offer:
        new = NewEnquiryFactory(answers__concerns=(committed.pk,), preferred_times=tuple(times))
        return offer_to(receive_enquiry(new), therapists[therapist], matcher)

    return offer


def test_of_several_who_confirm_one_time_of_a_therapist_one_holds_it(offer_at):
    """The second begins before the first has ended: no two overlap either."""
    starts = [SOON, SOON + timedelta(minutes=10), SOON - timedelta(minutes=10)]
    offers = [offer_at([start]) for start in starts]
    outcomes = at_one_moment(
        *[
            lambda offer=offer, start=start: accept(offer.pk, start)
            for offer, start in zip(offers, starts, strict=True)
        ]
    )
    held = [consultation.during for consultation in Consultation.objects.taken()]
    assert kinds(outcomes).count("ValidationError") == 3 - len(held)
    assert held
    assert all(
        one is other or one.upper <= other.lower or other.upper <= one.lower for one in held for other in held
    )
    for offer in Offer.objects.select_related("enquiry"):
        is_held = offer.enquiry.consultations.held().exists()
        assert offer.state == (OfferState.ACCEPTED if is_held else OfferState.LIVE)
        assert offer.enquiry.state == (State.ACCEPTED if is_held else State.OFFERED)


def test_two_therapists_hold_the_same_time_for_two_visitors(offer_at):
    offers = [offer_at([SOON], therapist=number) for number in range(2)]
    outcomes = at_one_moment(*[lambda offer=offer: accept(offer.pk, SOON) for offer in offers])
    assert kinds(outcomes) == ["Enquiry", "Enquiry"]
    assert Consultation.objects.held().count() == 2


def test_a_release_and_a_withdrawal_at_one_moment_leave_no_time_taken(offer_at):
    offer = offer_at([SOON])
    accept(offer.pk, SOON)
    matcher = make_matcher("other")
    at_one_moment(lambda: release(offer.enquiry_id, by=matcher), lambda: withdraw(offer.enquiry_id))
    enquiry = Enquiry.objects.get()
    assert enquiry.state == State.WITHDRAWN
    [consultation] = enquiry.consultations.all()
    # Confirmed for a moment, or never.
    was_released = enquiry.changes.filter(after=State.INTRODUCED).exists()
    assert consultation.state == (
        ConsultationState.CALLED_OFF if was_released else ConsultationState.RELEASED
    )
    told = OutgoingMessage.objects.filter(kind=MessageKind.CALLED_OFF_THERAPIST, state="queued").exists()
    assert told == was_released
