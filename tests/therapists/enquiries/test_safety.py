"""What may be about someone's safety is read before it is erased; decisions are kept without words."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.outbox import SendingState
from tests.factories.enquiries import introduce, stored_enquiry
from therapists.enquiries import tasks
from therapists.enquiries.access.disclosure import disclose
from therapists.enquiries.answers import FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    AccessLogEntry,
    DecisionRecord,
    Enquiry,
    FollowUpKind,
    MessageKind,
    Offer,
    OutgoingMessage,
    ReadingKind,
)
from therapists.enquiries.services.notes import finish_task
from therapists.enquiries.services.retention import erase, place_hold, purge
from therapists.enquiries.services.safety import erase_what_waited
from therapists.enquiries.signed_links import Purpose, token

WORDS = "I am going to kill myself tonight."


@pytest.fixture
def at_risk(enquiries_practice, matcher):
    return stored_enquiry(enquiries_practice.grief.pk, free_text=FreeText(message=WORDS))


def ask_to_erase(client, enquiry):
    address = reverse("enquiries:erase", args=[token(Purpose.STATUS, enquiry.pk)])
    return client.post(address, {"confirm": "on"}, follow=True).content.decode()


def act(client, enquiry, action, **values):
    data = {f"{action}-{name}": value for name, value in values.items()}
    return client.post(reverse("enquiries_admin:action", args=[enquiry.pk, action]), data)


def find(client, wanted):
    return client.post(reverse("kept_decisions"), {"wanted": wanted}).content.decode()


def test_it_waits_for_a_reader_and_the_visitor_is_told(client, at_risk, matcher):
    assert at_risk.state == State.SAFETY_HOLD
    for _again in range(2):
        page = ask_to_erase(client, at_risk)
        assert "Nothing is erased yet." in page
        assert "a person here reads it first" in page
        assert "Erase everything</button>" not in page
        assert "Withdraw my message" not in page
    waiting = Enquiry.objects.get()
    assert (waiting.state, waiting.free_text.message) == (State.WITHDRAWN, WORDS)
    assert waiting.deadline == at_risk.deadline
    assert waiting in Enquiry.objects.active().filter(owner=matcher)
    # The practice still hears of it; nobody else is written to.
    queued = waiting.messages.filter(state=SendingState.QUEUED)
    assert {message.kind for message in queued} == {MessageKind.NEW_ENQUIRY, MessageKind.READ_TODAY}
    tasks.erase_what_waited(0)
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:enquiry", args=[at_risk.pk])).content.decode()
    assert WORDS in page
    assert "Its sender has asked to erase everything." in page
    done = act(client, at_risk, "task", task=at_risk.follow_ups.get(kind="read_for_safety").pk)
    assert done.url == reverse("enquiries_admin:inbox")
    assert not Enquiry.objects.exists()
    found = find(client, at_risk.reference)
    assert "once a person had read it" in found
    assert "matcher" in found
    assert AccessLogEntry.objects.filter(reading=ReadingKind.DECISION, reference=at_risk.reference).exists()


def test_nobody_reads_it_in_time(client, at_risk, admin_client):
    ask_to_erase(client, at_risk)
    hour = timedelta(hours=1)
    longest = timedelta(hours=settings.ENQUIRY_SAFETY_READ_HOURS)
    Enquiry.objects.update(erasure_asked_at=timezone.now() - longest + hour)
    erase_what_waited()
    assert Enquiry.objects.exists()
    hold = place_hold(at_risk.pk, "A court asked.", at_risk.owner)
    Enquiry.objects.update(erasure_asked_at=timezone.now() - longest)
    erase_what_waited()
    assert Enquiry.objects.exists()
    hold.lifted_at = timezone.now()
    hold.save()
    erase_what_waited()
    assert not Enquiry.objects.exists()
    assert "nobody had read it in time" in find(admin_client, at_risk.reference)


def test_what_the_law_keeps_is_recorded_as_erased_by_no_one(client, at_risk, matcher):
    ask_to_erase(client, at_risk)
    place_hold(at_risk.pk, "a court asks", matcher)
    finish_task(at_risk.pk, at_risk.follow_ups.unread_for_safety().get().pk, matcher)

    assert Enquiry.objects.filter(pk=at_risk.pk).exists()
    assert not DecisionRecord.objects.exists()


def test_a_therapist_reads_nothing_more_while_it_waits(client, enquiries_practice, therapist, matcher):
    started = stored_enquiry(enquiries_practice.grief.pk)
    introduce(started, therapist, matcher)
    offer = Offer.objects.get(enquiry=started)
    started.follow_ups.create(kind=FollowUpKind.READ_FOR_SAFETY)
    Enquiry.objects.update(state=State.STARTED)
    ask_to_erase(client, started)
    page = client.get(reverse("enquiries:introduction", args=[token(Purpose.INTRODUCTION, offer.pk)]))

    assert page.status_code == 410
    assert "sam@example.org" not in page.content.decode()


def test_the_team_reads_and_erases_at_once(client, at_risk, matcher):
    client.force_login(matcher)
    assert act(client, at_risk, "erase", confirm="on").status_code == 302
    assert not Enquiry.objects.exists()
    assert DecisionRecord.objects.get().decision.person == "matcher"


def test_withdrawn_unread_it_is_still_to_be_read(client, at_risk, matcher):
    client.post(reverse("enquiries:withdraw", args=[token(Purpose.STATUS, at_risk.pk)]))
    client.force_login(matcher)
    assert at_risk in Enquiry.objects.active()
    act(client, at_risk, "task", task=at_risk.follow_ups.get(kind="read_for_safety").pk)
    assert Enquiry.objects.get().deadline is None


def test_what_a_person_moved_on_was_read(client, at_risk, matcher):
    client.force_login(matcher)
    act(client, at_risk, "move", to="review")
    assert "Everything has been erased" in ask_to_erase(client, at_risk)


def test_the_api_says_so_too(client, at_risk):
    answer = client.delete(
        "/api/v2/enquiries/status/?confirm=true",
        headers={"Authorization": f"Bearer {token(Purpose.STATUS, at_risk.pk)}"},
    )
    assert answer.status_code == 202
    assert answer.json()["erasure_due_at"]
    assert not answer.json()["may"]["withdraw"]
    assert Enquiry.objects.exists()


@pytest.mark.guide(
    "Superusers find Open an enquiry under Reports; they and the Matching team find Decisions that are kept "
    "there.",
    "Each asks why or for what, and keeps it.",
)
def test_an_introduction_is_answered_for_after_all_else_is_gone(
    client, admin_client, enquiry, therapist, matcher
):
    introduced = introduce(enquiry, therapist, matcher)
    kept = disclose(introduced)["decisions, kept for longer"]
    assert [row["therapist"] for row in kept] == ["Sample First"]
    erase(introduced.pk)
    record = DecisionRecord.objects.get()
    stored = json.loads(record.sealed_decision)
    assert stored == {
        "kind": "released",
        "reference": enquiry.reference,
        "person": "matcher",
        "consent_version": "2026-11",
        "therapist": "Sample First",
    }
    for wanted in (enquiry.reference, "sample first"):
        assert "matcher" in find(admin_client, wanted)
    assert "There is no record of this." in find(admin_client, "Sample")
    # A name in an address would stand in logs and histories, so there it finds nothing and logs nothing.
    read = AccessLogEntry.objects.count()
    page = admin_client.get(reverse("kept_decisions", query={"wanted": "sample first"}))
    assert enquiry.reference not in page.content.decode()
    assert AccessLogEntry.objects.count() == read
    client.logout()
    client.force_login(type(matcher).objects.create_user("editor", is_staff=True))
    assert client.get(reverse("kept_decisions")).status_code in (302, 404)
    DecisionRecord.objects.update(made_at=timezone.now() - timedelta(days=7 * 365))
    purge()
    assert DecisionRecord.objects.exists()
    DecisionRecord.objects.update(made_at=timezone.now() - timedelta(days=7 * 366))
    purge()
    assert not DecisionRecord.objects.exists()
    assert not OutgoingMessage.objects.filter(enquiry=introduced.pk).exists()
