"""A mail provider tells that an e-mail came back: a task, and no waiting for an answer that cannot come."""

import base64

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import include, path, reverse

from config.urls import urlpatterns as site_patterns
from tests.factories.enquiries import offer_to, stored_enquiry
from therapists.enquiries.mail.delivery import MailSender
from therapists.enquiries.mail_events import listen_for_bounces
from therapists.enquiries.models import (
    FollowUpKind,
    MailFault,
    MessageKind,
    Offer,
    OfferState,
    OutgoingMessage,
)
from therapists.enquiries.services.bounces import _latest_to, record_bounce
from therapists.enquiries.services.offer_ends import end_undeliverable
from therapists.enquiries.services.offers import offer_to_next, set_shortlist
from therapists.enquiries.signed_links import Purpose, token

#: As with MAIL_EVENTS_SECRET set.
listen_for_bounces()
urlpatterns = [path("mail-events/", include("therapists.enquiries.mail_events")), *site_patterns]

SECRET = "provider:tell-us"


@pytest.fixture
def tell(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    def send(address, kind="Bounce", secret=SECRET, message_id="0b1b7f1a"):
        return client.post(
            "/mail-events/postmark/tracking/",
            {
                "RecordType": kind,
                "Type": "HardBounce",
                "TypeCode": 1,
                "ID": 7,
                "MessageID": message_id,
                "Email": address,
                "Recipient": address,
                "BouncedAt": "2026-11-28T10:00:00Z",
                "DeliveredAt": "2026-11-28T10:00:00Z",
            },
            content_type="application/json",
            headers={"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
        )

    return send


@pytest.fixture
def offer(enquiry, candidates, matcher):
    offer = offer_to(enquiry, candidates[0], matcher)
    enquiry.shortlist.create(position=1, therapist=candidates[1])
    send_all()
    return offer


def send_all() -> None:
    for message in OutgoingMessage.objects.due():
        MailSender().send(message.pk)


def test_an_offer_that_came_back_goes_to_the_next_and_is_a_task(tell, offer, candidates, matcher):
    assert tell("sample-first@therapists.example", secret="provider:guess").status_code == 400
    assert tell("sample-first@therapists.example", kind="Delivery").status_code == 200
    assert tell("nobody@therapists.example").status_code == 200
    assert not OutgoingMessage.objects.filter(state="failed").exists()
    for _ in range(2):
        assert tell("Sample-First@therapists.example").status_code == 200
    letter = OutgoingMessage.objects.get(state="failed")
    assert (letter.kind, letter.offer, letter.last_error) == (MessageKind.OFFER, offer, "Bounced")
    assert offer.enquiry.follow_ups.get(kind=FollowUpKind.MAIL_FAILED).message == letter
    offer.refresh_from_db()
    assert offer.state == OfferState.UNREACHED, "at once"
    assert end_undeliverable() == 0
    following = Offer.objects.live().get()
    assert following.therapist == candidates[1]


def test_the_link_of_an_offer_that_came_back_says_so(tell, client, offer):
    """Its e-mail may have been forwarded all the same; nothing was withdrawn or changed."""
    tell("sample-first@therapists.example")
    answer = client.get(reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)]))
    page = answer.content.decode()
    assert (answer.status_code, "Our e-mail about this came back" in page) == (410, True)
    assert "taken back" not in page
    assert "withdrawn" not in page


def test_once_the_address_is_right_the_matcher_may_ask_them_again(tell, offer, candidates, matcher):
    offer.enquiry.shortlist.filter(position=1).delete()
    tell("sample-first@therapists.example")
    assert offer.enquiry.follow_ups.filter(kind=FollowUpKind.NO_CANDIDATE).exists()
    set_shortlist(offer.enquiry_id, candidates[:1], by=matcher, reason="The address is right now.")
    assert offer_to_next(offer.enquiry_id, by=matcher).therapist == candidates[0]


def test_what_a_visitor_never_got_is_found_by_its_id_or_its_address(
    tell, enquiry, enquiries_practice, client, matcher
):
    stored_enquiry(enquiries_practice.panic.pk)
    send_all()
    first = enquiry.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)
    # Both have one address: the Message-ID tells which it was.
    tell("sam@example.org", message_id=f"<{first.pk}@practice.example>")
    assert OutgoingMessage.objects.get(state="failed") == first
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk])).content.decode()
    assert "Bounced" in page
    tell("sam@example.org")
    assert OutgoingMessage.objects.filter(state="failed").count() == 2


def test_a_bounce_that_names_no_address_is_nobodys(enquiries_practice):
    stored_enquiry(enquiries_practice.grief.pk)
    send_all()

    assert not record_bounce("")


@pytest.mark.parametrize("by_id", [True, False])
def test_what_comes_back_while_it_is_still_being_sent_is_not_lost(enquiry, monkeypatch, by_id):
    """The provider was faster than the worker, whose answer from the mail server came after it."""
    letter = enquiry.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)

    def refused_at_once(_email) -> int:
        assert OutgoingMessage.objects.get(pk=letter.pk).state == "sending"
        assert record_bounce("Sam@Example.org", f"<{letter.pk}@practice.example>" if by_id else "")
        return 1

    monkeypatch.setattr(EmailMultiAlternatives, "send", refused_at_once)
    MailSender().send(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.fault, letter.last_error) == ("failed", MailFault.RECIPIENT, "Bounced")
    assert enquiry.follow_ups.filter(kind=FollowUpKind.MAIL_FAILED).count() == 1


def test_an_address_is_found_with_every_key_in_one_query_and_is_not_stored(
    enquiry, settings, django_assert_num_queries
):
    send_all()
    letter = enquiry.messages.get(kind=MessageKind.ACKNOWLEDGEMENT)
    assert (len(letter.sent_to), "sam" in letter.sent_to) == (64, False)
    assert letter.sent_to != enquiry.messages.get(kind=MessageKind.NEW_ENQUIRY).sent_to
    newer = base64.b64encode(b"n" * 32).decode()
    settings.ENCRYPTION_KEYS = [f"newer:{newer}", *settings.ENCRYPTION_KEYS]
    with django_assert_num_queries(1):
        assert _latest_to("SAM@example.org") == letter.pk
    assert _latest_to("team@practice.example") is None, "the practice's own are another matter"
