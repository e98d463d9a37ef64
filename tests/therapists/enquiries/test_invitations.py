"""What calendar programs get: they follow a cancellation only where all of this is right (RFC 5546)."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default

import pytest
from icalendar import Calendar

from tests.factories.enquiries import introduce, stored_enquiry
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import MessageKind
from therapists.enquiries.services.consultations import cannot_make_it

STARTS = datetime(2099, 7, 1, 9, tzinfo=UTC)
#: The letter that introduces them to the therapist carries the invitation.
INVITING = [MessageKind.CONSULTATION_VISITOR, MessageKind.INTRODUCTION]
READERS = {"sam@example.org", "sample-first@therapists.example"}


@pytest.fixture
def introduced(enquiries_practice, matcher, therapist, settings):
    settings.DEFAULT_FROM_EMAIL = "The Practice <hello@practice.example>"
    enquiry = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(STARTS,))
    return introduce(enquiry, therapist, matcher, STARTS)


@pytest.fixture
def letters(introduced, postbox):
    """Sends what waits of these kinds, and reads it as its readers do, by address."""

    def send(*kinds):
        postbox.envelopes.clear()
        for key in introduced.messages.filter(kind__in=kinds).values_list("pk", flat=True):
            outbox.deliver_message(str(key))
        return {
            envelope.rcpt_tos[0]: message_from_string(text, policy=default)
            for envelope, text in zip(postbox.envelopes, postbox.texts(), strict=True)
        }

    return send


def calendar_in(letter):
    """Of the two copies in a letter, which are the same; and how the letter names what it is."""
    part, file = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content().strip() == file.get_content().strip()
    assert file.get_filename() == "conversation.ics"
    calendar = Calendar.from_ical(part.get_content())
    assert part["Content-Type"].params["method"] == calendar["method"]
    return calendar


def test_both_are_invited_and_each_alone(letters):
    sent = letters(*INVITING)
    assert set(sent) == READERS
    for reader, letter in sent.items():
        calendar = calendar_in(letter)
        [event] = calendar.walk("VEVENT")
        assert (calendar["method"], event["status"], event["sequence"]) == ("REQUEST", "CONFIRMED", 0)
        assert event.decoded("dtstart") == STARTS
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=20)
        assert event["organizer"] == "mailto:hello@practice.example"
        assert event["attendee"] == f"mailto:{reader}"
        assert event["attendee"].params["RSVP"] == "FALSE"
        assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
        assert event["summary"] == "Conversation"
        [other] = READERS - {reader}
        for secret in ("Sam Sample", "Grief", "Sample First", other):
            assert secret.encode() not in calendar.to_ical()


def test_what_is_called_off_is_the_same_event_later(letters, introduced):
    invited = letters(*INVITING)
    cannot_make_it(introduced.pk)
    called_off = letters(MessageKind.CALLED_OFF_VISITOR, MessageKind.CALLED_OFF_THERAPIST)
    assert set(called_off) == READERS
    for reader, letter in called_off.items():
        calendar = calendar_in(letter)
        [before] = calendar_in(invited[reader]).walk("VEVENT")
        [event] = calendar.walk("VEVENT")
        assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
        assert event["sequence"] > before["sequence"]
        for name in ("uid", "organizer", "attendee"):
            assert event[name] == before[name]
        assert "Grief" not in str(letter)
    assert "Please propose other times" in str(called_off["sample-first@therapists.example"])


def test_an_invitation_that_was_not_sent_before_it_was_called_off_is_not_sent_after(letters, introduced):
    cannot_make_it(introduced.pk)
    assert letters(MessageKind.CONSULTATION_VISITOR) == {}
    [introduction] = letters(MessageKind.INTRODUCTION).values()
    assert "text/calendar" not in {part.get_content_type() for part in introduction.walk()}
