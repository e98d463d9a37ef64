"""What a visitor's own front end asks the API, by private token."""

import json
import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Consultation,
    ConsultationOutcome,
    Enquiry,
    LegalHold,
    MessageKind,
    OutcomeCount,
    Reply,
    Side,
)
from therapists.enquiries.public.progress import STATE_TEXTS
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release
from therapists.enquiries.services.outcomes import report_outcome
from therapists.enquiries.signed_links import Purpose, token

STATUS = "/api/v2/enquiries/status/"


@pytest.fixture
def introduced(shortlisted, matcher):
    offer = offer_to_next(shortlisted.pk, by=matcher)
    accept(offer.pk)
    release(shortlisted.pk, by=matcher)
    return Enquiry.objects.get()


def in_days(days):
    return (timezone.now() + timedelta(days=days)).replace(microsecond=0)


def test_it_tells_where_things_stand_and_no_words_of_the_visitors(ask, enquiry):
    response = ask()
    answer = response.json()

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert answer["reference"] == enquiry.reference
    assert answer["heading"] == "We have your message"
    assert answer["explanation"] == STATE_TEXTS[State.RECEIVED].explanation
    assert answer["expected_by"]
    assert answer["therapist"] is None
    assert answer["first_consultation"] == {
        "time_zone": "Europe/London",
        "proposed": [],
        "confirmed": None,
        "how": "",
        "terms": "",
        "waits_for_times": False,
        "said_late": False,
    }
    assert answer["what_became"] == {"may_say": [], "said": None, "accounts_differ": False}
    assert answer["may"] == {
        "change_answers": True,
        "choose_time": False,
        "call_off_time": False,
        "say_running_late": False,
        "withdraw": True,
        "undo_withdrawal": False,
    }
    for word in ("Sam Sample", "Grief", "Hello.", "sam@example.org", "020 7946", "evening"):
        assert word not in response.content.decode()


def test_someone_who_may_be_at_risk_is_told_the_same_as_everyone(ask, enquiry):
    move(enquiry.pk, State.SAFETY_HOLD)
    held = ask().content
    move(enquiry.pk, State.REVIEW)
    reviewed = ask().json()

    assert json.loads(held)["heading"] == reviewed["heading"]
    assert b"safety" not in held.lower()


def test_what_the_practice_wrote_is_told(ask, enquiry, matcher):
    Reply.objects.create(enquiry=enquiry, text="We are looking.", written_by=matcher)

    [reply] = ask().json()["replies"]

    assert reply["text"] == "We are looking."
    assert set(reply) == {"text", "written_at"}


def test_a_wrong_token_opens_nothing_and_says_nothing(client, ask, enquiry, wrong_tokens):
    right = token(Purpose.STATUS, enquiry.pk)
    answers = [client.get(STATUS), client.get(STATUS, headers={"authorization": right})]
    for wrong in ["", "x" * 60_000, "." * 60_000, *wrong_tokens.values()]:
        answers += everything_asked_with(ask, wrong)

    assert {answer.status_code for answer in answers} == {401}
    assert {answer["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert answers[0].json()["type"].endswith("/problems/not-authenticated/")
    assert Enquiry.objects.get().state == State.RECEIVED
    ask("delete", "?confirm=true")
    answers += everything_asked_with(ask, right)
    assert len({answer.content for answer in answers}) == 1, "the refusals tell apart what is there"


def everything_asked_with(ask, bearer):
    return [
        ask(bearer=bearer),
        ask("delete", "?confirm=true", bearer=bearer),
        ask("post", "withdraw/", bearer=bearer),
        ask("post", "undo-withdrawal/", bearer=bearer),
        ask("post", "cannot-make-it/", bearer=bearer),
        ask("post", "running-late/", bearer=bearer),
        ask("post", "outcome/", {"outcome": "met"}, bearer=bearer),
        ask("post", "time/", {"time": str(uuid.uuid4())}, bearer=bearer),
    ]


def test_a_token_in_the_address_is_refused(client, enquiry):
    assert client.get(f"{STATUS}?token={token(Purpose.STATUS, enquiry.pk)}").status_code == 400


def test_a_time_can_be_chosen(ask, introduced):
    first, second = propose(introduced.pk, [in_days(3), in_days(4)])
    answer = ask().json()
    assert answer["therapist"]["title"] == "Sample First"
    assert answer["may"] == {
        "change_answers": False,
        "choose_time": True,
        "call_off_time": False,
        "say_running_late": False,
        "withdraw": True,
        "undo_withdrawal": False,
    }
    offered = answer["first_consultation"]["proposed"]
    assert [row["id"] for row in offered] == [str(first.pk), str(second.pk)]
    assert offered[0]["in_words"].endswith("(UK time)")

    response = ask("post", "time/", {"time": str(second.pk)})

    assert response.status_code == 200
    chosen = response.json()["first_consultation"]
    assert (chosen["confirmed"]["id"], chosen["proposed"]) == (str(second.pk), [])
    kinds = introduced.messages.values_list("kind", flat=True)
    assert {MessageKind.CONSULTATION_VISITOR, MessageKind.CONSULTATION_THERAPIST} <= set(kinds)
    again = ask("post", "time/", {"time": str(first.pk)})
    assert again.status_code == 409
    assert again.json()["type"].endswith("/problems/not-possible-now/")


def test_a_time_that_was_set_can_be_called_off(ask, introduced):
    [time] = propose(introduced.pk, [in_days(3)])
    assert ask("post", "cannot-make-it/").status_code == 409
    assert ask("post", "time/", {"time": str(time.pk)}).json()["may"]["call_off_time"]

    answer = ask("post", "cannot-make-it/").json()

    assert answer["first_consultation"] | {"time_zone": ""} == {
        "time_zone": "",
        "proposed": [],
        "confirmed": None,
        "how": "You hear beforehand how you will talk.",
        "terms": "It takes about 20 minutes and is free.",
        "waits_for_times": True,
        "said_late": False,
    }
    assert not answer["may"]["call_off_time"]
    again = ask("post", "cannot-make-it/")
    assert again.status_code == 409
    assert again.json()["type"].endswith("/problems/not-possible-now/")


def test_running_late_and_what_became_of_it_are_said_here_too(ask, introduced):
    for place, body in (("running-late/", {}), ("outcome/", {"outcome": "met"})):
        refused = ask("post", place, body)
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/problems/not-possible-now/")
    [time] = propose(introduced.pk, [in_days(3)])
    ask("post", "time/", {"time": str(time.pk)})
    soon = timezone.now() + timedelta(hours=1)
    Consultation.objects.update(during=(soon, soon + timedelta(minutes=20)))
    assert ask().json()["may"]["say_running_late"]
    for _ in range(2):
        answer = ask("post", "running-late/").json()
        assert (answer["first_consultation"]["said_late"], answer["may"]["say_running_late"]) == (True, False)
    assert introduced.messages.filter(kind=MessageKind.RUNNING_LATE).count() == 1

    Consultation.objects.update(during=(soon - timedelta(hours=3), soon - timedelta(hours=2)))
    may_say = ask().json()["what_became"]["may_say"]
    assert {"key": "starting", "label": "We start"} in may_say
    assert ask("post", "outcome/", {"outcome": "perhaps"}).status_code == 400
    assert ask("post", "outcome/", {"outcome": "met", "words": "x" * 1001}).status_code == 400
    said = ask("post", "outcome/", {"outcome": "starting", "words": "Thank you."})
    assert (said.status_code, said.json()["heading"]) == (200, "You have started")
    assert said.json()["what_became"]["said"].items() >= {"key": "starting", "label": "We start"}.items()
    assert "Thank you." not in said.content.decode()
    assert introduced.outcome_reports.get().words == "Thank you."
    report_outcome(introduced.pk, Side.THERAPIST, ConsultationOutcome.NOT_A_FIT)
    assert ask().json()["what_became"]["accounts_differ"]


def test_what_to_expect_is_told_and_when_it_is_late(ask, enquiry):
    answer = ask().json()
    assert answer["due"].startswith("We mean to get to it by")
    assert not answer["is_late"]
    Enquiry.objects.update(deadline=in_days(-1))

    assert ask().json()["is_late"]


def test_times_are_named_by_the_visitors_own_clock(ask, introduced):
    Enquiry.objects.update(time_zone="Asia/Tokyo")
    propose(introduced.pk, [in_days(3).replace(hour=10, minute=0, second=0)])

    answer = ask().json()["first_consultation"]

    assert answer["time_zone"] == "Asia/Tokyo"
    assert "19:00 (Asia/Tokyo)" in answer["proposed"][0]["in_words"]


@pytest.mark.parametrize("data", [{}, {"time": "soon"}, {"time": None}, {"time": [1]}, {"hour": "1"}, [], 1])
def test_a_time_that_is_none_is_named(ask, introduced, data):
    response = ask("post", "time/", data)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert not introduced.consultations.confirmed().exists()


def test_withdrawing_twice_is_withdrawing_once(ask, enquiry):
    for _ in range(2):
        response = ask("post", "withdraw/")
        assert response.status_code == 200
        assert response.json()["heading"] == "You have withdrawn"
    assert enquiry.changes.filter(after=State.WITHDRAWN).count() == 1


def test_withdrawing_can_be_undone_for_a_day(ask, enquiry):
    assert ask("post", "undo-withdrawal/").status_code == 409
    withdrawn = ask("post", "withdraw/").json()
    enquiry.refresh_from_db()
    until = datetime.fromisoformat(withdrawn["may_undo_until"])
    assert until == enquiry.state_since + timedelta(days=1)
    assert (withdrawn["may"]["undo_withdrawal"], withdrawn["may"]["withdraw"]) == (True, False)
    undone = ask("post", "undo-withdrawal/").json()
    assert (undone["heading"], undone["may_undo_until"]) == ("We are reading your message", None)
    assert ask("post", "undo-withdrawal/").status_code == 409
    ask("post", "withdraw/")
    Enquiry.objects.update(state_since=timezone.now() - timedelta(days=1, minutes=1))
    assert ask().json()["may_undo_until"] is None
    assert ask("post", "undo-withdrawal/").status_code == 409
    assert Enquiry.objects.get().state == State.WITHDRAWN


def test_it_is_told_when_it_is_too_late_to_withdraw(ask, enquiry):
    Enquiry.objects.update(state=State.STARTED, deadline=None)

    assert ask("post", "withdraw/").status_code == 409
    assert Enquiry.objects.get().state == State.STARTED


@pytest.mark.parametrize("query", ["", "?confirm=", "?confirm=yes", "?confirm=false", "?sure=true"])
def test_erasing_asks_first(ask, enquiry, query):
    response = ask("delete", query)

    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"sure" if "sure" in query else "confirm"}
    assert Enquiry.objects.exists()


def test_erasing_leaves_a_count_alone(ask, enquiry):
    response = ask("delete", "?confirm=true")

    assert (response.status_code, response.content) == (204, b"")
    assert not Enquiry.objects.exists()
    assert OutcomeCount.objects.get().count == 1


def test_a_legal_hold_keeps_it(ask, enquiry):
    LegalHold.objects.create(enquiry=enquiry, reason="A court asked.")

    response = ask("delete", "?confirm=true")

    assert response.status_code == 409
    assert "court" not in response.content.decode()
    assert Enquiry.objects.exists()


def test_what_is_erased_while_it_is_asked_for_was_never_there(ask, enquiry, monkeypatch):
    monkeypatch.setattr(
        "therapists.enquiries.public.api.withdraw", lambda key: Enquiry.objects.get(pk=uuid.uuid4())
    )

    assert ask("post", "withdraw/").status_code == 401
