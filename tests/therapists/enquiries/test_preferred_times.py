"""The visitor says when they could meet; the therapist who says yes confirms one of the times."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.enquiries import ContactDetailsFactory, introduce, offer_to, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUpKind,
    MessageKind,
    OfferState,
    PreferredTime,
)
from therapists.enquiries.services.change import change_answers
from therapists.enquiries.services.lifecycle import move, withdraw
from therapists.enquiries.services.offers import accept, release
from therapists.enquiries.services.retention import erase
from therapists.enquiries.signed_links import Purpose, token

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)
LATER = SOON + timedelta(days=1)


def in_words(moment):
    return date_format(timezone.localtime(moment), "l j F Y, H:i")


def listed(moment):
    """As among the answers, by day."""
    return date_format(timezone.localtime(moment), "l j F Y: H:i")


@pytest.fixture
def enquiry(enquiries_practice, matcher):
    return stored_enquiry(enquiries_practice.grief.pk, preferred_times=(LATER, SOON))


@pytest.fixture
def offer(enquiry, therapist, matcher):
    return offer_to(enquiry, therapist, matcher)


@pytest.fixture
def address(offer):
    return reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)])


@pytest.fixture
def say(client, address):
    def send(time, answer="accept", **more):
        given = time if isinstance(time, str) else time.isoformat()
        return client.post(address, {"answer": answer, "time": given, **more}, follow=True)

    return send


def busy(therapist, starts, enquiries_practice):
    other = stored_enquiry(enquiries_practice.panic.pk)
    return Consultation.objects.create(
        enquiry=other, therapist=therapist, during=(starts, starts + timedelta(minutes=20))
    )


def states_of(enquiry):
    return list(enquiry.consultations.values_list("state", flat=True))


def test_the_offer_page_shows_the_times_and_asks_for_one(client, address):
    page = client.get(address).content.decode()
    for time in (SOON, LATER):
        assert listed(time) in page
        assert in_words(time) in page
    assert "None of these." in page
    assert "Sam Sample" not in page


def test_the_one_that_the_therapist_confirms_is_held(say, enquiry, offer):
    response = say(LATER)
    assert in_words(LATER) in response.content.decode()
    [held] = enquiry.consultations.all()
    assert (held.state, held.during.lower, held.therapist) == (
        ConsultationState.HELD,
        LATER,
        offer.therapist,
    )
    assert not enquiry.messages.filter(kind=MessageKind.CONSULTATION_VISITOR).exists()


def test_a_yes_without_a_time_is_asked_for_one_and_answers_nothing(say, enquiry, offer):
    for wrong in ("", "next week", (SOON + timedelta(hours=1)).isoformat(), "\x00"):
        response = say(wrong, note="Keep this.")
        assert response.status_code == 422
        assert "Keep this." in response.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.LIVE


def test_none_of_them_is_an_answer_too(say, enquiry):
    assert say("none").status_code == 200
    enquiry.refresh_from_db()
    assert enquiry.state == State.ACCEPTED
    assert states_of(enquiry) == []


def test_a_no_needs_no_time(say, enquiry, offer):
    say("", answer="decline", reason="times")
    offer.refresh_from_db()
    assert offer.state == OfferState.DECLINED


def test_only_what_is_to_come_and_free_can_be_confirmed(client, address, offer, enquiries_practice):
    busy(offer.therapist, SOON + timedelta(minutes=10), enquiries_practice)
    page = client.get(address).content.decode()
    assert listed(SOON) in page
    assert (in_words(SOON) in page, in_words(LATER) in page) == (False, True)
    PreferredTime.objects.filter(starts=LATER).update(starts=timezone.now() - timedelta(minutes=1))
    page = client.get(address).content.decode()
    assert "None of the times they gave for the first consultation is free" in page
    assert 'name="time"' not in page
    assert client.post(address, {"answer": "accept"}).status_code == 302


def test_without_times_the_therapist_is_told_so(client, enquiries_practice, therapist, matcher):
    plain = offer_to(stored_enquiry(enquiries_practice.panic.pk), therapist, matcher)
    page = client.get(reverse("enquiries:offer", args=[token(Purpose.OFFER, plain.pk)])).content.decode()
    assert "They gave no times for the first consultation." in page


def test_a_time_taken_while_the_page_was_open_answers_nothing(say, offer, enquiries_practice, monkeypatch):
    """Between the check of the form and the yes: only the service sees it."""
    monkeypatch.setattr("therapists.enquiries.public.offer.accept", taken_meanwhile := Interrupted())
    taken_meanwhile.before = lambda: busy(offer.therapist, SOON, enquiries_practice)
    response = say(SOON)
    assert response.status_code == 422
    assert "This time is no longer free. Choose another." in response.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.LIVE
    assert say(LATER).status_code == 200


class Interrupted:
    """Saying yes, with something that happens first."""

    before = None

    def __call__(self, *args):
        happens, self.before = self.before, None
        if happens:
            happens()
        return accept(*args)


def test_a_release_makes_it_theirs_without_another_step(client, enquiry, therapist, matcher):
    introduced = introduce(enquiry, therapist, matcher, SOON)
    [consultation] = introduced.consultations.all()
    assert consultation.state == ConsultationState.CONFIRMED
    kinds = list(introduced.messages.values_list("kind", flat=True))
    # The letter that introduces them carries the invitation.
    assert kinds.count(MessageKind.INTRODUCTION) == 1
    assert MessageKind.CONSULTATION_THERAPIST not in kinds
    assert kinds.count(MessageKind.CONSULTATION_VISITOR) == 1
    # One e-mail to the visitor is enough: it leads to the page that says the rest.
    assert MessageKind.UPDATE not in kinds
    status = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    page = client.get(status).content.decode()
    assert "You will talk on" in page
    assert in_words(SOON) in page


def test_the_matcher_waits_until_it_took_place(enquiry, therapist, matcher):
    PreferredTime.objects.filter(starts=SOON).update(starts=SOON + timedelta(days=20))
    introduced = introduce(enquiry, therapist, matcher, SOON + timedelta(days=20))
    introduced.refresh_from_db()
    assert introduced.deadline == introduced.consultations.get().during.upper


def test_where_writing_is_not_safe_a_person_tells_them_the_time(enquiries_practice, therapist, matcher):
    quiet = stored_enquiry(
        enquiries_practice.grief.pk,
        contact=ContactDetailsFactory(safe_to_email=False),
        preferred_times=(SOON,),
    )
    quiet.follow_ups.all().delete()
    introduced = introduce(quiet, therapist, matcher, SOON)
    assert introduced.follow_ups.get().kind == FollowUpKind.NOT_SAFE_TO_EMAIL
    assert not introduced.messages.filter(kind=MessageKind.CONSULTATION_VISITOR).exists()


def test_a_time_that_passed_before_the_release_is_let_go(client, enquiry, offer, matcher):
    accept(offer.pk, SOON)
    past = timezone.now() - timedelta(hours=1)
    Consultation.objects.update(during=(past, past + timedelta(minutes=20)))
    client.force_login(matcher)
    workplace = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert "Passed: the therapist will be asked for others" in workplace
    release(enquiry.pk, by=matcher)
    assert states_of(enquiry) == [ConsultationState.RELEASED]
    assert enquiry.messages.filter(kind=MessageKind.UPDATE).count() == 1
    introduction = reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offer.pk)])
    assert "could not be kept. Please propose others." in client.get(introduction).content.decode()


@pytest.mark.parametrize("way", ["review", "shortlisted", "safety_hold", "closed", "withdrawn", "erased"])
def test_however_it_leaves_the_accepted_state_the_time_is_free_again(
    enquiry, offer, matcher, way, enquiries_practice
):
    accept(offer.pk, SOON)
    if way == "withdrawn":
        withdraw(enquiry.pk)
    elif way == "erased":
        erase(enquiry.pk)
    else:
        move(enquiry.pk, State(way), by=matcher)
    other = stored_enquiry(enquiries_practice.panic.pk, preferred_times=(SOON,))
    accept(offer_to(other, offer.therapist, matcher).pk, SOON)
    assert states_of(other) == [ConsultationState.HELD]


def test_a_therapist_cannot_hold_one_time_for_two(enquiry, offer, matcher, enquiries_practice):
    accept(offer.pk, SOON)
    other = stored_enquiry(enquiries_practice.panic.pk, preferred_times=(SOON, SOON + timedelta(minutes=20)))
    second = offer_to(other, offer.therapist, matcher)
    with pytest.raises(ValidationError):
        accept(second.pk, SOON)
    assert Enquiry.objects.get(pk=other.pk).state == State.OFFERED
    accept(second.pk, SOON + timedelta(minutes=20))


def test_only_a_time_that_the_visitor_gave_is_held(offer):
    with pytest.raises(ValidationError):
        accept(offer.pk, SOON + timedelta(hours=2))


def give_times(enquiry, *times):
    change_answers(enquiry.pk, lambda told: replace(told, preferred_times=frozenset(times)))


def test_other_times_take_back_no_offer_but_a_held_time_that_no_longer_suits(enquiry, offer):
    give_times(enquiry, SOON, LATER + timedelta(days=1))
    offer.refresh_from_db()
    assert offer.state == OfferState.LIVE
    assert enquiry.follow_ups.get().kind == FollowUpKind.CHANGED_BY_VISITOR
    accept(offer.pk, SOON)
    give_times(enquiry, SOON)
    assert states_of(enquiry) == [ConsultationState.HELD]
    give_times(enquiry, LATER)
    assert states_of(enquiry) == [ConsultationState.RELEASED]
    assert Enquiry.objects.get(pk=enquiry.pk).state == State.ACCEPTED


def test_they_are_answers_like_others_to_the_matcher_and_in_the_copy(client, enquiry, matcher):
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    copy = json.loads(client.post(reverse("enquiries_admin:disclosure", args=[enquiry.pk])).content)
    for time in (SOON, LATER):
        assert listed(time) in page
        assert listed(time) in copy["answers"]["When they could meet first"]


def test_they_go_with_the_enquiry_and_are_at_most_three(enquiry, enquiries_practice):
    erase(enquiry.pk)
    assert not PreferredTime.objects.exists()
    with pytest.raises(ValidationError):
        stored_enquiry(
            enquiries_practice.grief.pk, preferred_times=tuple(SOON + timedelta(days=n) for n in range(4))
        )
