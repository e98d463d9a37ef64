"""How two people talk for the first time, and what is said when a time moves, is called off or runs late."""

from datetime import timedelta
from email import message_from_string
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar

from tests.factories.enquiries import ContactDetailsFactory, EnquiryAnswersFactory, introduce, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.mail.invitations import address_uri
from therapists.enquiries.models import Consultation, Enquiry, MessageKind, OutgoingMessage
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.signed_links import Purpose, token
from therapists.enquiries.ways_to_talk import way_to_talk
from therapists.enums import SessionFormat

SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)
LINK = "https://meet.example/room-7"
VISITOR, THERAPIST = "sam@example.org", "sample-first@therapists.example"
INTRODUCING = (MessageKind.INTRODUCTION, MessageKind.CONSULTATION_VISITOR, MessageKind.CONSULTATION_THERAPIST)
CALLING_OFF = (MessageKind.CALLED_OFF_VISITOR, MessageKind.CALLED_OFF_THERAPIST, MessageKind.UPDATE)


@pytest.fixture
def introduced(enquiries_practice, therapist, matcher, settings):
    settings.DEFAULT_FROM_EMAIL = "hello@practice.example"
    therapist.private.meeting_link, therapist.private.phone = LINK, "01632 960 001"
    therapist.private.save()
    stored = stored_enquiry(enquiries_practice.grief.pk, preferred_times=(SOON,))
    Enquiry.objects.update(time_zone="America/New_York")
    introduced = introduce(stored, therapist, matcher, SOON)
    OutgoingMessage.objects.exclude(kind__in=INTRODUCING).update(state="sent")
    return introduced


@pytest.fixture
def send(postbox):
    """Sends what waits, and returns it by address, to each of which there is one letter at most."""

    def deliver(*kinds):
        postbox.envelopes.clear()
        waiting = OutgoingMessage.objects.filter(state="queued")
        for key in (waiting.filter(kind__in=kinds) if kinds else waiting).values_list("pk", flat=True):
            outbox.deliver_message(str(key))
        letters = [message_from_string(text, policy=default) for text in postbox.texts()]
        by_address = {letter["To"]: letter for letter in letters}
        assert len(by_address) == len(letters)
        return by_address

    return deliver


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def event_of(letter):
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


@pytest.fixture
def pages(client, introduced):
    status = [token(Purpose.STATUS, introduced.pk)]
    introduction = [token(Purpose.INTRODUCTION, introduced.offers.get().pk)]

    class Pages:
        def visitor(self):
            return client.get(reverse("enquiries:status", args=status)).content.decode()

        def therapist(self):
            return client.get(reverse("enquiries:introduction", args=introduction)).content.decode()

        def post(self, name, **data):
            args = introduction if name in {"introduction", "call_off"} else status
            return client.post(reverse(f"enquiries:{name}", args=args), data)

    return Pages()


@pytest.mark.guide(
    "Therapists can do so themselves, and pause until a day, on a page of their own, to which the letters "
    "of offers and introductions lead without a log-in.",
    "A meeting link and a phone are told to whoever is introduced: they say how the two talk first.",
)
def test_letters_pages_and_calendars_say_how_they_talk(introduced, pages, send, therapist):
    letters = send(*INTRODUCING)
    # The introduction and the time that is set with it are one letter.
    assert set(letters) == {VISITOR, THERAPIST}
    for address, letter in letters.items():
        assert LINK in text_of(letter)
        assert "about 20 minutes and is free" in text_of(letter)
        assert letter["From"] == "The Practice <hello@practice.example>"
        html = letter.get_body(("html",)).get_content()
        assert 'name="viewport"' in html
        assert "prefers-color-scheme: dark" in html
        event = event_of(letter)
        event.pop("attendee")
        assert event["location"] == LINK
        assert "free" in event["description"]
        assert "therap" not in event.to_ical().decode().lower()
        [alarm] = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(minutes=-30)
        assert "Sam Sample" not in str(letter), address
    assert letters[THERAPIST]["Reply-To"] == "team@practice.example"
    assert "/enquiries/therapist/" in text_of(letters[THERAPIST]), "their own page"
    visitors = pages.visitor()
    assert LINK in visitors
    assert therapist.url in visitors
    page = pages.therapist()
    for words in (
        'href="mailto:sam@example.org"',
        'href="tel:+44-20-7946-0000"',
        "for them, America/New York",
        introduced.reference,
        LINK,
    ):
        assert words in page


def test_who_rings_whom(enquiries_practice, therapist):
    therapist.formats = [SessionFormat.PHONE, SessionFormat.VIDEO]
    ways = [SessionFormat.VIDEO, SessionFormat.PHONE]
    with_phone, without = (
        stored_enquiry(
            enquiries_practice.grief.pk,
            answers=EnquiryAnswersFactory(concerns=(enquiries_practice.grief.pk,), formats=ways),
            contact=ContactDetailsFactory(phone=phone),
        )
        for phone in ("020 7946 0000", "")
    )
    assert "You are rung" in way_to_talk(with_phone, therapist).to_visitor
    assert "You hear beforehand" in way_to_talk(without, therapist).to_visitor
    therapist.private.phone = "01632 960 001"
    therapist.private.save()
    way = way_to_talk(without, therapist)
    assert way.to_visitor.endswith("ring 01632 960 001")
    assert "They ring you on 01632 960 001" in way.to_therapist
    therapist.private.meeting_link = LINK
    therapist.private.save()
    assert way_to_talk(with_phone, therapist).place == LINK


def test_the_visitors_zone_stands_beside_every_time_that_a_therapist_sees_or_proposes(introduced, pages):
    noon = timezone.localtime().replace(hour=12, minute=0)
    there = noon.astimezone(ZoneInfo("America/New_York"))
    note = f"Today, 12:00 in the UK is {there:%H:%M} for them (America/New York)."
    page = pages.therapist()
    for number in range(1, 6):
        assert f"Time {number} (UK time)" in page
    # Beside how to reach them, and beside each of the five.
    assert page.count(note) == 6
    days = [timezone.localtime(SOON) + timedelta(days=more) for more in (1, 2)]
    pages.post("introduction", **{f"time_{n}": f"{day:%Y-%m-%dT%H:%M}" for n, day in enumerate(days, 1)})
    page = pages.therapist()
    for day in days:
        assert f"{date_format(day, 'l j F Y, H:i')} (UK time)" in page
    assert page.count(" for them, America/New York</strong>") == len(days)
    # Where the clocks agree, the zone stands there all the same.
    Enquiry.objects.update(time_zone="Europe/Lisbon")
    assert pages.therapist().count(" for them, Europe/Lisbon</strong>") == len(days)
    Enquiry.objects.update(time_zone="Europe/London")
    page = pages.therapist()
    assert "(UK time)" in page
    assert "for them" not in page


def test_moving_a_time_is_one_letter_that_is_true_for_both(introduced, pages, send):
    send()
    later = timezone.localtime(SOON) + timedelta(days=1)
    assert pages.post("introduction", time_1=later.strftime("%Y-%m-%dT%H:%M")).status_code == 302
    letters = send()
    assert set(letters) == {VISITOR, THERAPIST}
    for letter in letters.values():
        assert letter["Subject"].startswith("A new time is proposed")
        assert "a new time is proposed" in text_of(letter)
        assert "propose other times" not in text_of(letter)
        assert event_of(letter)["status"] == "CANCELLED"
    assert "Choose a time" in text_of(letters[VISITOR])
    assert "See the times that you proposed" in text_of(letters[THERAPIST])


def test_a_therapist_calls_off_without_proposing_others(introduced, pages, send):
    send()
    assert "Call it off" in pages.therapist()
    for _ in range(2):
        assert pages.post("call_off").status_code == 302
    assert introduced.consultations.called_off().count() == 1
    assert Enquiry.objects.get().state == State.INTRODUCED
    letters = send(*CALLING_OFF)
    assert set(letters) == {VISITOR, THERAPIST}
    assert "will not take place" in text_of(letters[VISITOR])
    assert "Call it off" not in pages.therapist()


def test_running_late_is_told_once_and_only_when_it_is_about_to_begin(introduced, pages, send):
    send()
    assert "running late" not in pages.visitor()
    assert pages.post("running_late").status_code == 302
    assert send() == {}
    soon = timezone.now() + timedelta(minutes=30)
    Consultation.objects.update(during=(soon, soon + timedelta(minutes=20)))
    assert "I am running late" in pages.visitor()
    for _ in range(2):
        pages.post("running_late")
    assert "We have told your therapist" in pages.visitor()
    letters = send()
    assert set(letters) == {THERAPIST}
    assert "is running late" in text_of(letters[THERAPIST])


@pytest.mark.parametrize(
    ("offset", "said"),
    [([0, 1 / 240], "Two of these times overlap"), ([365 * 4], "Is the year right?")],
)
def test_times_that_cannot_be_are_refused_in_right_words(introduced, pages, offset, said):
    times = [timezone.localtime(SOON) + timedelta(hours=24 * days + 24) for days in offset]
    data = {f"time_{n}": time.strftime("%Y-%m-%dT%H:%M") for n, time in enumerate(times, 1)}
    response = pages.post("introduction", **data)
    page = response.content.decode()
    assert (response.status_code, said in page) == (422, True)
    assert page.count(" for them, America/New York</div>") == len(times)
    assert introduced.consultations.confirmed().exists()


def test_who_started_still_sees_with_whom(introduced, pages, therapist, matcher):
    move(introduced.pk, State.CONSULTED, by=matcher)
    move(introduced.pk, State.STARTED, by=matcher)
    assert f"Your therapist is {therapist.title}" in pages.visitor()


def test_an_attendee_is_a_uri_whatever_the_domain():
    assert address_uri("sam@example.org") == "mailto:sam@example.org"
    assert address_uri("jörg@bücher.example") == "mailto:j%C3%B6rg@xn--bcher-kva.example"


def test_letters_say_where_the_clocks_differ_and_not_where_somebody_is(introduced, send):
    letters = send()
    to_visitor, to_therapist = text_of(letters[VISITOR]), text_of(letters[THERAPIST])
    here = timezone.localtime(SOON)
    assert "(America/New York)" in to_visitor
    assert f"In the UK it is {date_format(here, 'l j F Y, H:i')} then." in to_visitor
    there = SOON.astimezone(ZoneInfo("America/New_York"))
    assert f"On their clock it is {date_format(there, 'l j F Y, H:i')} then." in to_therapist
    assert "New York" not in to_therapist
