from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from therapists.enquiries.answers import FreeText, RankedTherapist, SuggestionRun
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    AccessLogEntry,
    DeclineReason,
    Enquiry,
    FollowUpKind,
    MessageKind,
    Offer,
    OfferState,
    ReadingKind,
)
from therapists.enquiries.services.lifecycle import NotAllowed, move, withdraw
from therapists.enquiries.services.offer_ends import expire_overdue
from therapists.enquiries.services.offers import (
    OfferClosed,
    accept,
    decline,
    offer_to_next,
    release,
    set_shortlist,
)
from therapists.enquiries.services.submit import store_suggestions
from therapists.enquiries.signed_links import Purpose, token


@pytest.fixture
def offer(shortlisted, matcher):
    return offer_to_next(shortlisted.pk, by=matcher)


@pytest.fixture
def address(offer):
    return reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)])


def state_of(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk).state


def test_the_first_is_asked_and_the_deadline_is_the_offers(offer, candidates):
    assert offer.therapist == candidates[0]
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.deadline) == (State.OFFERED, offer.expires_at)
    assert enquiry.messages.get(kind=MessageKind.OFFER).offer == offer


def test_one_offer_at_a_time(offer, candidates, matcher):
    with pytest.raises(NotAllowed):
        offer_to_next(offer.enquiry_id, by=matcher)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(enquiry=offer.enquiry, therapist=candidates[1], expires_at=timezone.now())


def test_the_page_says_what_is_sought_and_not_by_whom(client, offer, address):
    response = client.get(address)
    page = response.content.decode()
    for word in ("Grief and loss", "Tuesday evening", "£60", "Video"):
        assert word in page
    for word in ("Sam Sample", "sam@example.org", "7946 0", "2079460", "Hello."):
        assert word not in page
    assert "no-store" in response["Cache-Control"]
    entry = AccessLogEntry.objects.get()
    assert (entry.reading, entry.therapist_id) == (ReadingKind.OFFER, offer.therapist_id)


def test_own_words_are_shown_only_where_the_visitor_said_so(client, offer, address):
    enquiry = Enquiry.objects.get()
    enquiry.free_text = FreeText(message="Please read this.", may_be_shared=True)
    enquiry.save()
    assert "Please read this." in client.get(address).content.decode()


def test_opening_the_link_answers_nothing(client, offer, address):
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    offer.refresh_from_db()
    assert offer.state == OfferState.LIVE


def test_yes_waits_for_a_person_to_release_it(client, offer, address):
    assert client.post(address, {"answer": "accept"}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.therapist) == (State.ACCEPTED, offer.therapist)
    assert not enquiry.messages.filter(kind=MessageKind.INTRODUCTION).exists()
    refreshed = client.post(address, {"answer": "decline", "reason": "times"}, follow=True)
    assert "we have your yes" in refreshed.content.decode()
    assert state_of(enquiry) == State.ACCEPTED


def test_no_asks_the_next(client, offer, address, candidates):
    client.post(address, {"answer": "decline", "reason": "times", "note": "Mondays only."})
    offer.refresh_from_db()
    assert (offer.state, offer.decline_reason) == (OfferState.DECLINED, DeclineReason.TIMES)
    assert offer.note == "Mondays only."
    following = Offer.objects.live().get()
    assert following.therapist == candidates[1]
    decline(following.pk, DeclineReason.NO_PLACE)
    enquiry = Enquiry.objects.get()
    assert enquiry.state == State.SHORTLISTED
    assert enquiry.follow_ups.get().kind == FollowUpKind.NO_CANDIDATE


@pytest.mark.parametrize(
    "answer",
    [{}, {"answer": "perhaps"}, {"answer": "decline"}, {"answer": "decline", "reason": "weather"}],
)
def test_an_incomplete_answer_is_explained_and_changes_nothing(client, offer, address, answer):
    response = client.post(address, {**answer, "note": "Keep this."})
    assert response.status_code == 422
    assert "Keep this." in response.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.LIVE


def test_an_offer_not_answered_in_time_goes_to_the_next(client, offer, address, candidates):
    Offer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(address, {"answer": "accept"}).status_code == 410
    with pytest.raises(OfferClosed):
        accept(offer.pk)
    assert expire_overdue() == 1
    assert expire_overdue() == 0
    offer.refresh_from_db()
    assert offer.state == OfferState.EXPIRED
    assert Offer.objects.live().get().therapist == candidates[1]


@pytest.mark.parametrize("way", ["withdrawn", "closed", "safety_hold"])
def test_any_change_of_state_takes_it_back(client, offer, address, matcher, way):
    if way == "withdrawn":
        withdraw(offer.enquiry_id)
    else:
        move(offer.enquiry_id, State(way), by=matcher)
    offer.refresh_from_db()
    assert offer.state == OfferState.REVOKED
    assert client.post(address, {"answer": "accept"}).status_code == 410
    assert state_of(offer.enquiry) == way


@pytest.mark.parametrize("fault", ["insurance", "no insurance", "unpublished", "paused", "unregistered"])
def test_who_may_not_practise_is_not_asked(shortlisted, candidates, matcher, fault):
    first = candidates[0]
    today = timezone.localdate()
    match fault:
        case "insurance":
            first.private.insurance_expires_on = today - timedelta(days=1)
            first.private.save()
        case "no insurance":
            first.private.delete()
        case "unpublished":
            first.unpublish()
        case "paused":
            first.availability.paused_until = today + timedelta(days=7)
            first.availability.save()
        case "unregistered":
            first.registrations.all().update(expires_on=today - timedelta(days=1))
    assert offer_to_next(shortlisted.pk, by=matcher).therapist == candidates[1]


def test_the_link_works_for_its_one_purpose(client, offer):
    wrong = token(Purpose.INTRODUCTION, offer.pk)
    assert client.get(reverse("enquiries:offer", args=[wrong])).status_code == 404
    other = client.get(reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.enquiry_id)]))
    assert (other.status_code, "has been erased" in other.content.decode()) == (410, True)
    early = reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offer.pk)])
    assert client.get(early).status_code == 404


def test_a_link_asked_for_too_often_is_held_back(client, offer, address):
    codes = [client.get(address).status_code for _ in range(35)]
    assert codes[0] == 200
    assert codes[-1] == 429


@pytest.mark.parametrize("data", [{}, {"answer": "accept"}])
def test_a_private_link_is_in_no_log(client, offer, address, caplog, data):
    for _ in range(2):
        client.post(address, data)
    client.put(address)
    assert "/enquiries/offer/…/" in caplog.text
    assert address not in caplog.text


def test_a_release_needs_a_yes(offer, matcher):
    with pytest.raises(ValidationError):
        release(offer.enquiry_id, by=matcher)
    accept(offer.pk)
    enquiry = release(offer.enquiry_id, by=matcher)
    assert enquiry.state == State.INTRODUCED
    assert enquiry.first_reply_at is not None
    kinds = set(enquiry.messages.values_list("kind", flat=True))
    assert {MessageKind.INTRODUCTION, MessageKind.UPDATE} <= kinds


def test_deciding_otherwise_than_the_ranking_needs_a_reason(enquiry, candidates, matcher):
    move(enquiry.pk, State.REVIEW, by=matcher)
    ranked = tuple(RankedTherapist(therapist.pk, 80.0) for therapist in candidates)
    store_suggestions(enquiry, SuggestionRun("1", timezone.localdate(), "0" * 64, ranked))
    first, second, third = candidates
    for wrong in ([], [first, first], [second, first]):
        with pytest.raises(ValidationError):
            set_shortlist(enquiry.pk, wrong, by=matcher)
    set_shortlist(enquiry.pk, [first, second], by=matcher)
    assert not enquiry.overrides.exists()
    set_shortlist(enquiry.pk, [third], by=matcher, reason="Speaks their dialect.")
    assert enquiry.overrides.get().reason == "Speaks their dialect."


def test_who_declined_is_not_shortlisted_again(offer, candidates, matcher):
    decline(offer.pk, DeclineReason.MAY_KNOW_PERSON)
    move(offer.enquiry_id, State.SHORTLISTED, by=matcher)
    with pytest.raises(ValidationError):
        set_shortlist(offer.enquiry_id, candidates[:1], by=matcher, reason="Once more.")
