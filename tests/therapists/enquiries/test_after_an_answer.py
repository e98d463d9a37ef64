"""A therapist's yes and no: what is kept, what is said of it later, and what if it does not hold."""

import re
from datetime import timedelta
from email import message_from_string
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.enquiries import introduce, offer_to, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import (
    Consultation,
    ConsultationState,
    Enquiry,
    FollowUpKind,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
)
from therapists.enquiries.services.lifecycle import move, withdraw
from therapists.enquiries.services.offers import accept, release, step_back
from therapists.enquiries.services.retention import erase
from therapists.enquiries.signed_links import Purpose, token

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture
def enquiry(enquiries_practice, matcher):
    """From New York, with one time."""
    stored = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    Enquiry.objects.update(time_zone="America/New_York")
    return stored


@pytest.fixture
def offer(enquiry, therapist, matcher):
    return offer_to(enquiry, therapist, matcher)


def page_of(offer, name="offer", purpose=Purpose.OFFER):
    return reverse(f"enquiries:{name}", args=[token(purpose, offer.pk)])


def introduction_of(offer):
    return page_of(offer, "introduction", Purpose.INTRODUCTION)


@pytest.fixture
def letters(postbox):
    """Sends what waits of a kind, and returns each letter's receiver, subject and text."""

    def send(kind):
        postbox.envelopes.clear()
        for key in OutgoingMessage.objects.filter(kind=kind, state="queued").values_list("pk", flat=True):
            outbox.deliver_message(str(key))
        read = [message_from_string(text, policy=default) for text in postbox.texts()]
        return [(one["To"], one["Subject"], one.get_body(("plain",)).get_content()) for one in read]

    return send


def test_a_yes_is_kept_with_its_note_shown_on_each_reopening_and_confirmed(
    client, offer, therapist, matcher, letters
):
    page = client.get(page_of(offer)).content.decode()
    assert f"This is for <strong>{therapist.title}</strong>" in page
    assert offer.enquiry.reference in page
    # 09:00 here is not 09:00 there.
    assert "for them, America/New York" in page
    assert "On their clock: " in page
    assert page.index('name="answer"') < page.index('name="time"') < page.index('name="reason"')
    here, there = timezone.localtime(SOON), SOON.astimezone(ZoneInfo("America/New_York"))
    clock = date_format(there, "H:i" if there.date() == here.date() else "l H:i")
    on_their_clock = f"{clock} for them, America/New York"
    answer = {"answer": "accept", "time": SOON.isoformat(), "note": "Stairs, no lift."}
    assert client.post(page_of(offer), answer).status_code == 302
    for again in (client.get(page_of(offer)), client.post(page_of(offer), answer, follow=True)):
        words = again.content.decode()
        assert "we have your yes" in words
        assert f"{therapist.title} said yes on" in words
        held = " ".join(BeautifulSoup(words, "html.parser").main.get_text().split())
        assert f"{date_format(here, 'l j F Y, H:i')} (UK time) – {on_their_clock} is held for you" in held
    [(to, subject, text)] = letters(MessageKind.YES_CONFIRMED)
    assert (to, subject) == (
        "sample-first@therapists.example",
        f"We have your yes ({offer.enquiry.reference})",
    )
    assert f"{date_format(here, 'l j F Y, H:i')} (UK time) is held in your diary." in text
    assert f"On their clock it is {date_format(there, 'l j F Y, H:i')} then." in text
    # A link carries when it was made: the letter's own is another one than the page's.
    [link] = re.findall(r"/enquiries/offer/\S+", text)
    assert "we have your yes" in client.get(link).content.decode()
    client.force_login(matcher)
    workplace = client.get(reverse("enquiries_admin:enquiry", args=[offer.enquiry_id])).content.decode()
    assert "Stairs, no lift." in workplace


def test_each_ending_has_words_of_its_own(client, enquiry, candidates, matcher):
    first, second, third = candidates
    offer = offer_to(enquiry, first, matcher)
    client.post(page_of(offer), {"answer": "decline", "reason": "fee"})
    assert "said no on" in client.get(page_of(offer)).content.decode()
    assert "The fee does not work for me" in client.get(page_of(offer)).content.decode()

    taken_back = offer_to(Enquiry.objects.get(), second, matcher)
    move(enquiry.pk, State.REVIEW, by=matcher)
    response = client.get(page_of(taken_back))
    assert (response.status_code, "was taken back" in response.content.decode()) == (410, True)

    late = offer_to(Enquiry.objects.get(), third, matcher)
    Offer.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client.get(page_of(late))
    assert (response.status_code, "time to answer has passed" in response.content.decode()) == (410, True)


def test_a_time_that_went_meanwhile_is_said_and_nothing_is_answered(
    client, offer, therapist, matcher, enquiries_practice
):
    other = stored_enquiry(enquiries_practice.panic.pk, preferred_times=(SOON,))
    second = offer_to(other, therapist, matcher)
    answer = {"answer": "accept", "time": SOON.isoformat(), "note": "Kept."}
    assert client.post(page_of(offer), answer).status_code == 302
    response = client.post(page_of(second), answer)
    assert response.status_code == 422
    page = response.content.decode()
    assert "was taken in your diary meanwhile" in page
    assert "Kept." in page
    second.refresh_from_db()
    assert second.state == OfferState.LIVE
    assert client.post(page_of(second), {"answer": "accept", "note": "Kept."}).status_code == 302
    assert "No time is held." in client.get(page_of(second)).content.decode()


def test_a_question_before_yes_is_answered_by_the_matcher(client, offer, matcher, letters):
    asked = {"question": "Evenings after seven too?"}
    assert client.post(page_of(offer, "ask"), {"question": " "}).status_code == 422
    assert client.post(page_of(offer, "ask"), asked).status_code == 302
    assert Offer.objects.get().state == OfferState.LIVE
    task = offer.enquiry.follow_ups.get(kind=FollowUpKind.QUESTION)
    client.force_login(matcher)
    workplace = reverse("enquiries_admin:enquiry", args=[offer.enquiry_id])
    assert "Evenings after seven too?" in client.get(workplace).content.decode()
    answer = {"answer-question": str(offer.questions.get().pk), "answer-answer": "Yes, they said so."}
    action = reverse("enquiries_admin:action", args=[offer.enquiry_id, "answer"])
    assert client.post(action, answer).status_code == 302
    task.refresh_from_db()
    assert task.done_by == matcher
    assert "Yes, they said so." in client.get(page_of(offer)).content.decode()
    [(to, _subject, text)] = letters(MessageKind.QUESTION_ANSWERED)
    assert to == "sample-first@therapists.example"
    assert "seven" not in text


@pytest.mark.guide(
    "Where insurance or registration lapse after an offer, the therapist is told, the Matching team has a "
    "task, and an introduction needs a reason.",
)
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("insurance", "Your insurance has run out"),
        ("registration", "no registration of yours"),
        ("hidden", "profile is not public"),
        ("paused", "take no new clients"),
    ],
)
def test_who_lapsed_is_told_and_introduced_only_with_a_reason(client, offer, therapist, matcher, fault, told):
    yesterday = timezone.localdate() - timedelta(days=1)
    match fault:
        case "insurance":
            therapist.private.insurance_expires_on = yesterday
            therapist.private.save()
        case "registration":
            therapist.registrations.all().update(expires_on=yesterday)
        case "hidden":
            therapist.unpublish()
        case "paused":
            therapist.availability.paused_until = yesterday + timedelta(days=8)
            therapist.availability.save()
    assert told in client.get(page_of(offer)).content.decode()
    client.post(page_of(offer), {"answer": "accept", "time": "none"})
    assert told in client.get(page_of(offer)).content.decode()
    assert offer.enquiry.follow_ups.filter(kind=FollowUpKind.THERAPIST_LAPSED).exists()
    with pytest.raises(ValidationError):
        release(offer.enquiry_id, by=matcher, reason=" ")
    client.force_login(matcher)
    action = reverse("enquiries_admin:action", args=[offer.enquiry_id, "release"])
    refused = client.post(action)
    assert (refused.status_code, "cannot be introduced" in refused.content.decode()) == (422, True)
    assert Enquiry.objects.get().state == State.ACCEPTED
    assert client.post(action, {"release-reason": "The new certificate is here."}).status_code == 302
    assert Enquiry.objects.get().changes.last().reason == "The new certificate is here."


@pytest.mark.parametrize("when", ["accepted", "introduced", "time set"])
@pytest.mark.parametrize("way", ["withdrawn", "erased", "review"])
def test_whoever_said_yes_is_told_once_that_it_fell_through(
    client, enquiry, therapist, matcher, letters, when, way
):
    offer = offer_to(enquiry, therapist, matcher)
    accept(offer.pk, SOON if when == "time set" else None)
    if when != "accepted":
        release(enquiry.pk, by=matcher)
    OutgoingMessage.objects.update(state="sent")
    match way:
        case "withdrawn":
            withdraw(enquiry.pk)
        case "erased":
            erase(enquiry.pk)
        case _:
            move(enquiry.pk, State.REVIEW, by=matcher)
    told = letters(MessageKind.FELL_THROUGH) + letters(MessageKind.CALLED_OFF_THERAPIST)
    [(to, _subject, text)] = told
    assert to == "sample-first@therapists.example"
    assert "do not get in touch with them" in text
    for page in {page_of(offer), introduction_of(offer) if when != "accepted" else page_of(offer)}:
        response = client.get(page)
        assert response.status_code == 410
        assert ("has been erased" if way == "erased" else "does not go on") in response.content.decode()


def test_a_letter_that_waits_when_everything_is_erased_is_sent_all_the_same(
    enquiry, therapist, matcher, letters
):
    introduce(enquiry, therapist, matcher, SOON)
    move(enquiry.pk, State.REVIEW, by=matcher)
    withdraw(enquiry.pk)
    erase(enquiry.pk)
    [(to, _subject, text)] = letters(MessageKind.CALLED_OFF_THERAPIST)
    assert to == "sample-first@therapists.example"
    assert "/enquiries/" not in text
    assert list(Consultation.objects.values_list("enquiry", flat=True)) == [None]


@pytest.mark.parametrize("when", ["accepted", "introduced"])
def test_stepping_back_goes_to_the_matcher_at_once(client, offer, candidates, matcher, when):
    accept(offer.pk, SOON)
    page, name, purpose = page_of(offer), "step_back", Purpose.OFFER
    if when == "introduced":
        release(offer.enquiry_id, by=matcher)
        page, name, purpose = introduction_of(offer), "step_back_introduced", Purpose.INTRODUCTION
    assert "I cannot take this person after all" in client.get(page).content.decode()
    OutgoingMessage.objects.all().delete()
    for _ in range(2):
        response = client.post(page_of(offer, name, purpose), {"why": "I am ill."}, follow=True)
        assert "You have stepped back" in response.content.decode()
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.therapist) == (State.REVIEW, None)
    assert enquiry.changes.last().reason == "I am ill."
    assert enquiry.follow_ups.filter(kind=FollowUpKind.STEPPED_BACK).count() == 1
    assert not enquiry.consultations.filter(state__in=["held", "confirmed"]).exists()
    visitor_is_told = {MessageKind.CALLED_OFF_VISITOR, MessageKind.CALLED_OFF_THERAPIST}
    kinds = set(OutgoingMessage.objects.values_list("kind", flat=True))
    assert kinds == (visitor_is_told if when == "introduced" else set())
    with pytest.raises(ValidationError, match="already said no"):
        offer_to(enquiry, candidates[0], matcher)
    assert offer_to(enquiry, candidates[1], matcher).state == OfferState.LIVE


def test_a_visitor_who_was_introduced_hears_that_someone_else_is_sought(enquiry, therapist, matcher):
    introduce(enquiry, therapist, matcher)
    OutgoingMessage.objects.all().delete()
    step_back(enquiry.offers.get().pk)
    assert [message.kind for message in enquiry.messages.all()] == [MessageKind.UPDATE]
    assert not Consultation.objects.filter(state=ConsultationState.HELD).exists()
