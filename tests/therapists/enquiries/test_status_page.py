from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from core.outbox import SendingState
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, LegalHold, MessageKind, OutcomeCount
from therapists.enquiries.services.lifecycle import deadline_of
from therapists.enquiries.signed_links import Purpose, token


@pytest.fixture
def key(enquiry):
    return token(Purpose.STATUS, enquiry.pk)


def test_it_shows_where_things_stand_and_what_was_told(client, enquiry, key):
    response = client.get(reverse("enquiries:status", args=[key]))
    page = response.content.decode()
    assert response.status_code == 200
    assert enquiry.reference in page
    for word in ("Sam Sample", "Grief", "Hello."):
        assert word in page
        assert word not in BeautifulSoup(page, "html.parser").head.text
    # Where we write is shown: whoever mistyped it finds out here.
    assert "We write to <strong>sam@example.org</strong>." in page
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State.RECEIVED, "We mean to get to it by"),
        (State.OFFERED, "If they cannot help, we ask someone else."),
        (State.ACCEPTED, "We mean to introduce you by"),
        (State.NO_MATCH, "We mean to write to you by"),
    ],
)
def test_it_says_what_to_expect_and_when_and_is_sorry_where_that_is_over(client, enquiry, key, state, says):
    address = reverse("enquiries:status", args=[key])
    soon = timezone.now() + timedelta(days=2)
    Enquiry.objects.update(state=state, deadline=soon)
    page = client.get(address).content.decode()
    assert says in page
    assert date_format(timezone.localtime(soon), "l j F") in page
    Enquiry.objects.update(deadline=timezone.now() - timedelta(hours=1))
    page = client.get(address).content.decode()
    assert says not in page
    assert "You are not forgotten" in page


def test_what_is_due_at_night_is_promised_for_when_somebody_is_there(client, enquiry, key):
    address = reverse("enquiries:status", args=[key])
    saturday = datetime(2030, 1, 12, 22, tzinfo=timezone.get_current_timezone())
    for due in (saturday, saturday + timedelta(hours=37)):
        Enquiry.objects.update(state=State.SAFETY_HOLD, deadline=due)
        page = client.get(address).content.decode()
        assert "We mean to get to it by Monday 14 January 2030." in page


def test_a_wrong_link_opens_nothing(client, enquiry, wrong_tokens):
    # A signature of ours for an enquiry that is gone is what an erased one leaves.
    gone = wrong_tokens.pop("stranger")
    for wrong, said in [*((value, 404) for value in wrong_tokens.values()), (gone, 410)]:
        for name in ("status", "withdraw", "erase"):
            address = reverse(f"enquiries:{name}", args=[wrong])
            response = client.get(address) if name == "status" else client.post(address, {"confirm": "on"})
            assert response.status_code == said
    assert Enquiry.objects.get().state == State.RECEIVED


def test_looking_changes_nothing(client, key):
    for name in ("withdraw", "erase"):
        page = client.get(reverse(f"enquiries:{name}", args=[key]), follow=True)
        assert page.redirect_chain == [(reverse("enquiries:status", args=[key]), 302)]
    assert Enquiry.objects.get().state == State.RECEIVED


def test_withdrawing_stops_everything(client, enquiry, key):
    for _ in range(2):
        response = client.post(reverse("enquiries:withdraw", args=[key]), follow=True)
        assert "You have withdrawn" in response.content.decode()
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.deadline) == (State.WITHDRAWN, None)
    before = enquiry.messages.exclude(kind=MessageKind.UPDATE)
    assert {message.state for message in before} == {SendingState.CANCELLED}
    assert enquiry.messages.get(kind=MessageKind.UPDATE).state == SendingState.QUEUED


def test_withdrawing_asks_once_and_can_be_undone_for_a_day(client, enquiry, key):
    status = reverse("enquiries:status", args=[key])
    assert "Are you sure?" in client.get(status).content.decode()
    client.post(reverse("enquiries:withdraw", args=[key]))
    assert "Undo, and go on looking" in client.get(status).content.decode()
    for _ in range(2):
        response = client.post(reverse("enquiries:undo_withdrawal", args=[key]), follow=True)
        assert "We are reading your message" in response.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.state == State.REVIEW
    assert enquiry.deadline
    assert enquiry.owner
    waiting = enquiry.messages.filter(state=SendingState.QUEUED).values_list("kind", flat=True)
    assert sorted(waiting) == [MessageKind.NEW_ENQUIRY, MessageKind.UPDATE, MessageKind.UPDATE]
    client.post(reverse("enquiries:withdraw", args=[key]))
    Enquiry.objects.update(state_since=timezone.now() - timedelta(days=1, minutes=1))
    assert "Undo, and go on looking" not in client.get(status).content.decode()
    client.post(reverse("enquiries:undo_withdrawal", args=[key]))
    enquiry.refresh_from_db()
    assert enquiry.state == State.WITHDRAWN


def test_erasing_leaves_a_count_alone(client, enquiry, key):
    response = client.post(reverse("enquiries:erase", args=[key]), {"confirm": "on"}, follow=True)
    assert "Everything has been erased" in response.content.decode()
    assert not Enquiry.objects.exists()
    count = OutcomeCount.objects.get()
    assert (count.count, count.concern) == (1, "Grief and loss")
    for name, send in (("status", client.get), ("erase", client.post), ("withdraw", client.post)):
        response = send(reverse(f"enquiries:{name}", args=[key]))
        page = response.content.decode()
        assert (response.status_code, "There is nothing here any more" in page) == (410, True)
        assert (response["X-Robots-Tag"], "no-store" in response["Cache-Control"]) == (
            "noindex, nofollow",
            True,
        )
    assert enquiry.reference not in page
    assert client.get(reverse("matching:change", args=[key, "fee"])).status_code == 410


def test_erasing_asks_first(client, key):
    response = client.post(reverse("enquiries:erase", args=[key]))
    assert response.status_code == 422
    assert "Nothing has been erased" in response.content.decode()
    assert Enquiry.objects.exists()


def test_a_legal_hold_keeps_it(client, enquiry, key):
    LegalHold.objects.create(enquiry=enquiry, reason="A court asked.")
    response = client.post(reverse("enquiries:erase", args=[key]), {"confirm": "on"})
    assert response.status_code == 409
    assert Enquiry.objects.exists()


def test_no_answer_is_promised_for_a_saturday(client, enquiry, key):
    """Sent on a Friday afternoon, it is read on Monday, and the page says Monday."""
    friday = datetime(2026, 11, 27, 16, tzinfo=ZoneInfo("Europe/London"))
    due = deadline_of(State.RECEIVED, friday)
    assert (due.date() - friday.date(), due.weekday()) == (timedelta(days=3), 0)
    Enquiry.objects.update(deadline=due)
    with patch("django.utils.timezone.now", return_value=friday):
        page = client.get(reverse("enquiries:status", args=[key])).content.decode()
    assert "We mean to get to it by Monday 30 November 2026." in page
    assert "Saturday" not in page
