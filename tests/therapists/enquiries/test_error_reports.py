"""What would leave for Sentry while a form, a post to the API and a job fail on someone's words."""

import logging
import uuid
from datetime import timedelta

import pytest
import sentry_sdk
from django.db import connection, transaction
from django.urls import reverse
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from core.logs import error_reports
from tests.factories.enquiries import stored_enquiry
from tests.factories.matching import MatchingPageFactory
from tests.queue_worker import work
from tests.therapists.matching.front_end import FrontEnd
from therapists.enquiries.answers import FreeText
from therapists.matching.form import ticket

MARKER = "Quokkazanzibar"


class KeptReports(Transport):
    def __init__(self) -> None:
        super().__init__({})
        self.envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)

    @property
    def events(self) -> list[dict]:
        return [event for one in self.envelopes if (event := one.get_event())]

    @property
    def text(self) -> str:
        return "\n".join(one.serialize().decode() for one in self.envelopes)


@pytest.fixture
def reports():
    kept = KeptReports()
    error_reports.set_up("https://key@errors.example.org/1", "tests", kept)
    yield kept
    sentry_sdk.get_global_scope().set_client(None)


def fail(*args, **kwargs):
    words = {"said": MARKER}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO auth_group (id, name) VALUES (1, '{MARKER}'), (1, '{MARKER}')")
    except Exception as error:
        raise RuntimeError(f"It failed on {words}") from error


def types_of(event: dict) -> list[str]:
    return [one["type"] for one in event["exception"]["values"]]


def test_nothing_is_sent_without_an_address_to_send_to():
    assert not sentry_sdk.is_initialized()


def test_what_fails_in_a_request_is_told_without_what_was_sent(
    client, enquiries_practice, matcher, monkeypatch, reports
):
    enquiry = stored_enquiry(enquiries_practice.grief.pk, free_text=FreeText(message=MARKER))
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    monkeypatch.setattr("therapists.enquiries.services.notes.write_note", fail)
    monkeypatch.setattr("therapists.matching.form.submission.receive_enquiry", fail)
    MatchingPageFactory(parent=enquiries_practice.home)
    front_end = FrontEnd(client, enquiries_practice)
    client.raise_request_exception = False
    told = front_end.answers(name=MARKER, message=MARKER, email=f"{MARKER}@example.org")
    by_api = front_end.sends(told, uuid.uuid4())
    client.force_login(matcher)
    address = reverse("enquiries_admin:action", args=[enquiry.pk, "note"])
    by_form = client.post(f"{address}?q={MARKER}", {"note-text": MARKER}, headers={"user-agent": MARKER})

    assert (by_api.status_code, by_form.status_code) == (500, 500)
    for event, answer in zip(reports.events, (by_api, by_form), strict=True):
        assert types_of(event) == ["UniqueViolation", "IntegrityError", "RuntimeError"]
        assert event["exception"]["values"][0]["value"] == "23505"
        assert event["tags"] == {"request_id": answer["X-Request-ID"]}
        assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "fail"
        assert not {"request", "user", "breadcrumbs", "extra", "contexts", "server_name"} & event.keys()
        assert MARKER not in str(event)
    assert MARKER.lower() not in reports.text.lower()
    assert str(enquiry.pk) not in reports.text


def test_what_fails_in_a_job_is_told_without_what_it_was_about(committed, monkeypatch, reports):
    monkeypatch.setattr("therapists.enquiries.mail.delivery.compose", fail)
    enquiry = stored_enquiry(committed.pk, free_text=FreeText(message=MARKER))
    work("mail")
    assert {types_of(event)[-1] for event in reports.events} == {"RuntimeError"}
    assert MARKER.lower() not in reports.text.lower()
    assert str(enquiry.pk) not in reports.text


def test_of_a_line_of_the_log_its_words_are_told_and_not_what_was_filled_in(reports):
    logging.getLogger("practice").error("%s was refused by %s", MARKER, "them", extra={"request": MARKER})
    [event] = reports.events
    assert event["logentry"] == {"message": "%s was refused by %s"}
    assert MARKER not in reports.text
