"""A marker in what someone tells is, after the whole way, only where it may be."""

import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string
from email.policy import default

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from tests.factories.enquiries import stored_enquiry
from tests.factories.matching import MatchingPageFactory
from tests.log_lines import KeptLines, log_lines
from tests.therapists.matching.front_end import FrontEnd
from tests.throttling import hold_back
from therapists.enquiries.answers import ContactDetails, FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.mail import queue as outbox
from therapists.enquiries.models import Enquiry, OutgoingMessage
from therapists.enquiries.services.offers import offer_to_next
from therapists.enquiries.services.retention import place_hold
from therapists.enquiries.signed_links import Purpose, token
from therapists.matching.form import ticket
from therapists.matching.models import ExtraQuestion

MARKER = "Quokkazanzibar"
SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


def every_row_as_text() -> list[tuple[str, str]]:
    """Each table with a row that shows the marker, in text or in bytes."""
    found = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            name = connection.ops.quote_name(table)
            # `hex` shows what text search would miss in binary columns.
            cursor.execute(
                f"SELECT row::text FROM {name} AS row WHERE row::text ILIKE %s OR row::text ILIKE %s",
                [f"%{MARKER}%", f"%{MARKER.encode().hex()}%"],
            )
            found += [(table, row[0]) for row in cursor.fetchall()]
    return found


@pytest.fixture
def marked(enquiries_practice, matcher):
    contact = ContactDetails(
        name=f"Name {MARKER}",
        email=f"{MARKER}@example.org",
        phone=f"020 {MARKER}",
        pronouns=MARKER,
        contact_notes=f"Notes {MARKER}",
    )
    words = FreeText(message=f"Words {MARKER}", extra_answers=((f"Question {MARKER}", MARKER),))
    return stored_enquiry(
        enquiries_practice.grief.pk, contact=contact, free_text=words, preferred_times=(SOON,)
    )


@pytest.fixture
def logged() -> Iterator[KeptLines]:
    """What production would log, from the least level on."""
    with log_lines() as kept:
        yield kept


def test_the_whole_way_discloses_nothing(client, marked, matcher, candidates, postbox, caplog, logged):
    caplog.clear()
    client.force_login(matcher)
    detail = reverse("enquiries_admin:enquiry", args=[marked.pk])
    assert MARKER in client.get(detail).content.decode()
    for action, data in (
        ("move", {"move-to": "review", "move-reason": MARKER}),
        ("note", {"note-text": MARKER}),
        ("shortlist", {"shortlist-first": candidates[0].pk, "shortlist-reason": MARKER}),
        ("move", {"move-to": "nowhere", "move-reason": MARKER}),
    ):
        client.post(reverse("enquiries_admin:action", args=[marked.pk, action]), data)
    place_hold(marked.pk, MARKER, matcher)
    offer = offer_to_next(marked.pk, by=matcher)
    visitor, therapist = Client(), Client()
    blind = reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)])
    assert MARKER not in therapist.get(blind).content.decode()
    therapist.post(blind, {"answer": "accept", "time": SOON.isoformat(), "note": MARKER})
    client.post(reverse("enquiries_admin:action", args=[marked.pk, "release"]))
    introduction = reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offer.pk)])
    assert MARKER in therapist.get(introduction).content.decode()
    status = token(Purpose.STATUS, marked.pk)
    visitor.post(reverse("enquiries:cannot_make_it", args=[status]))
    day = timezone.localtime() + timedelta(days=3)
    therapist.post(introduction, {"time_1": day.strftime("%Y-%m-%dT10:00")})
    time = str(marked.consultations.proposed().get().pk)
    # On their own page stands what they told, in its place, and nothing that the practice wrote of them.
    own_page = BeautifulSoup(visitor.get(reverse("enquiries:status", args=[status])).content, "html.parser")
    assert f"Words {MARKER}" in own_page.select_one("#told").extract().text
    assert MARKER not in str(own_page)
    visitor.post(reverse("enquiries:choose", args=[status]), {"time": time})
    for key in OutgoingMessage.objects.values_list("pk", flat=True):
        outbox.deliver_message(str(key))
    assert Enquiry.objects.get().state == State.INTRODUCED

    assert every_row_as_text() == []
    assert MARKER.lower() not in caplog.text.lower()
    assert status not in caplog.text
    says_nothing_of_them(logged, status)
    assert MARKER not in repr(caches["default"].__dict__)
    assert len(postbox.envelopes) >= 7
    for said in map(without_address, postbox.texts()):
        assert MARKER.lower() not in said.lower()
        assert "Grief" not in said


def test_sending_and_following_through_the_api_discloses_nothing(
    client, enquiries_practice, matcher, postbox, caplog, logged, monkeypatch, settings
):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    page = MatchingPageFactory(parent=enquiries_practice.home)
    page.extra_questions.add(ExtraQuestion(label="Anything else?"))
    page.save()
    hold_back(settings, sending="12/hour", private="12/hour", previewing="9/hour")
    front_end = FrontEnd(client, enquiries_practice)
    caplog.clear()
    texts = ["name", "pronouns", "contact_notes", "message", "extra_0"]
    told = {"email": f"{MARKER}@example.org", "phone": "020 7946 0000"} | dict.fromkeys(texts, MARKER)
    answers, key = front_end.answers(**told), uuid.uuid4()
    for refused in (
        {"email": MARKER},
        {MARKER: MARKER},
        {"choice": MARKER},
        {"ticket": MARKER},
        {"slots": [MARKER]},
    ):
        assert front_end.sends(answers | refused, key).status_code == 400
    for key_of_none in (MARKER, f"{MARKER}-" * 5_000):
        assert front_end.sends(answers, key_of_none).status_code == 400
        wrong = {"authorization": f"Bearer {key_of_none}"}
        assert client.get("/api/v2/enquiries/status/", headers=wrong).status_code == 401
    said = [front_end.sends(answers, key), front_end.sends(answers, key)]
    said.append(front_end.sends(answers | {"message": f"{MARKER} again"}, key))
    assert [response.status_code for response in said] == [201, 201, 409]
    link = said[0].json()["status"]
    bearer = {"authorization": f"Bearer {link['token']}"}
    said.append(client.get(link["url"], headers=bearer))
    for message in OutgoingMessage.objects.values_list("pk", flat=True):
        outbox.deliver_message(str(message))
    said.append(client.post(f"{link['url']}withdraw/", {}, "application/json", headers=bearer))
    assert said[-1].json()["heading"] == "You have withdrawn"

    assert Enquiry.objects.get().free_text.message == MARKER
    assert every_row_as_text() == []
    assert MARKER.lower() not in caplog.text.lower()
    assert link["token"] not in caplog.text
    says_nothing_of_them(logged, link["token"])
    cached = repr(caches["default"]._cache)
    assert "throttle_sending" in cached
    assert not [word for word in (MARKER, link["token"], "127.0.0.1") if word in cached]
    assert not [response for response in said if MARKER in response.content.decode()]
    assert len(postbox.texts()) == 2
    assert not [text for text in postbox.texts() if MARKER in without_address(text)]


def says_nothing_of_them(logged: KeptLines, key: str) -> None:
    assert "core.middleware.request_id" in {line["logger"] for line in logged.told()}
    assert "core.outbox.delivery" in {line["logger"] for line in logged.told()}
    assert not [line for line in logged.lines if MARKER.lower() in line.lower() or key in line]


def without_address(text):
    """All that an e-mail says, but for whom it goes to."""
    letter = message_from_string(text, policy=default)
    del letter["To"], letter["X-RcptTo"]
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return " ".join([*map(str, parts), *letter.values()])


def test_the_search_for_the_marker_can_find_it(marked, matcher):
    """The proof above would mean nothing if the search were blind."""
    matcher.first_name = MARKER
    matcher.save()
    assert [table for table, _row in every_row_as_text()] == ["auth_user"]


def test_an_error_report_hides_what_was_told(client, marked, matcher, monkeypatch, logged):
    def fail(*args, **kwargs):
        raise RuntimeError(MARKER)

    monkeypatch.setattr("therapists.enquiries.services.notes.write_note", fail)
    client.force_login(matcher)
    client.raise_request_exception = False
    reports = []

    def keep(sender, request, **kwargs):
        reporter = SafeExceptionReporterFilter()
        reporter.is_active = lambda request: True
        reports.append(repr(reporter.get_post_parameters(request)))

    got_request_exception.connect(keep)
    try:
        address = reverse("enquiries_admin:action", args=[marked.pk, "note"])
        assert client.post(address, {"note-text": MARKER}).status_code == 500
    finally:
        got_request_exception.disconnect(keep)
    assert reports
    assert MARKER not in reports[0]
    assert "RuntimeError" in logged.text
    assert MARKER not in logged.text


def test_an_error_report_of_the_api_hides_what_was_told(client, enquiries_practice, marked, monkeypatch):
    """It would show the variables of every function on the way."""
    MatchingPageFactory(parent=enquiries_practice.home)
    front_end, secret = FrontEnd(client, enquiries_practice), token(Purpose.STATUS, marked.pk)
    answers = front_end.answers(name=MARKER, message=MARKER)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("therapists.matching.form.journey.find_match", fail)
    monkeypatch.setattr("therapists.enquiries.public.progress.read_token", fail)
    client.raise_request_exception = False
    reports = []

    def keep(sender, request, **kwargs):
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())

    got_request_exception.connect(keep)
    try:
        assert front_end.sends(answers).status_code == 500
        assert front_end.posts("matching/suggestions/", answers).status_code == 500
        bearer = {"authorization": f"Bearer {secret}"}
        assert client.get("/api/v2/enquiries/status/", headers=bearer).status_code == 500
    finally:
        got_request_exception.disconnect(keep)
    assert len(reports) == 3
    assert all("RuntimeError" in report for report in reports)
    assert not [report for report in reports if MARKER in report or secret in report]


def test_the_api_and_the_search_know_no_enquiry(search_index, client, marked):
    for address in ("/api/v2/", "/api/v2/pages/", f"/search/?query={marked.reference}", "/sitemap.xml"):
        text = client.get(address).content.decode()
        assert MARKER not in text
        assert "sealed_contact" not in text
    assert not hasattr(Enquiry, "search_fields")
