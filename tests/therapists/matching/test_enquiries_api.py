"""Sending an enquiry through the API, as another front end does it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.therapists.matching.front_end import problem
from tests.throttling import hold_back
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    Closure,
    Enquiry,
    EnquirySettings,
    FollowUp,
    OpeningHours,
    OutgoingMessage,
)
from therapists.enums import ConcernLevel, Gender
from therapists.matching.form import ticket
from therapists.matching.form.meeting_times import key_of
from therapists.matching.services import rank_again

pytestmark = pytest.mark.django_db


def test_an_enquiry_is_received(front_end, make_therapist):
    make_therapist("Ada")
    response = front_end.sends(front_end.answers(message="Hello"))
    answer, enquiry = response.json(), Enquiry.objects.get()

    assert response.status_code == 201, response.content
    assert response["Cache-Control"] == "no-store"
    assert response["Location"] == answer["status"]["url"] == "http://testserver/api/v2/enquiries/status/"
    assert (answer["outcome"], answer["reference"]) == ("received", enquiry.reference)
    assert (answer["show_urgent_help"], answer["reply_promise"]) == (False, None)
    assert enquiry.free_text.message == "Hello"
    assert OutgoingMessage.objects.count() == 2
    for words in ("Sam", "Hello", "sam@example.org"):
        assert words not in response.content.decode()


def test_the_private_token_opens_both_ways_to_it(front_end, client, make_therapist):
    make_therapist("Ada")
    link = front_end.sends().json()["status"]
    opened = client.get(link["url"], headers={"authorization": f"Bearer {link['token']}"})

    assert opened.json()["reference"] == Enquiry.objects.get().reference
    assert client.get(link["page_url"]).status_code == 200
    assert link["token"] not in link["url"]


def test_words_about_safety_are_read_first_and_help_is_to_be_shown(front_end, make_therapist):
    make_therapist("Ada")
    today = timezone.localdate()
    days = {"first_day": today - timedelta(days=1), "last_day": today + timedelta(days=1)}
    closure = Closure.objects.create(settings=EnquirySettings.load(), **days)
    key, answers = uuid.uuid4(), front_end.answers(message="I want to die.")
    answer = front_end.sends(answers, key).json()

    assert answer["show_urgent_help"] is True
    assert answer["out_of_hours"].startswith("Nobody is at the practice just now")
    closure.delete()
    for weekday in range(7):
        OpeningHours.objects.create(
            settings=EnquirySettings.load(), weekday=weekday, opens="00:00", closes="23:59:59.999999"
        )
    EnquirySettings.objects.update(bank_holidays="")
    assert front_end.sends(answers, key).json() == answer | {"out_of_hours": ""}
    assert Enquiry.objects.get().state == State.SAFETY_HOLD


def test_a_browser_of_another_origin_needs_no_cookie_to_send(front_end, make_therapist):
    make_therapist("Ada")
    answers = front_end.answers()
    front_end.client = Client(enforce_csrf_checks=True)

    assert front_end.sends(answers, origin="https://app.example.org").status_code == 201


def test_the_order_that_was_previewed_is_the_order_that_is_kept(front_end, make_therapist):
    """Among equals lots are drawn, with the key of the ticket and no other."""
    for name in ("Ada", "Ben", "Cy", "Dee", "Eve"):
        make_therapist(name)
    orders = set()
    for _attempt in range(4):
        answers = front_end.answers()
        previewed = front_end.client.post(
            "/api/v2/matching/suggestions/", answers, content_type="application/json"
        ).json()
        shown = [one["therapist"]["id"] for one in previewed["suggestions"]]
        assert previewed["ticket"] == answers["ticket"]
        reference = front_end.sends(answers).json()["reference"]
        enquiry = Enquiry.objects.get(reference=reference)
        stored = [row.therapist_id for row in enquiry.suggestion_runs.get().suggestions.all()]
        again = rank_again(enquiry, timezone.localdate())
        assert stored == shown == [one.therapist_id for one in again.suggestions]
        orders.add(tuple(shown))
    assert len(orders) > 1, "every ticket drew the same: the lots prove nothing"


def test_who_is_suggested_is_read_no_sooner_than_it_changes(front_end, make_therapist, epoch):
    """Nor are the pages that the cards lead to."""
    make_therapist("Ada")
    first = front_end.asks().json()
    answers = front_end.answers()
    with CaptureQueriesContext(connection) as captured:
        again = front_end.posts("matching/suggestions/", answers).json()
    assert [one["therapist"] for one in again["suggestions"]] == [
        one["therapist"] for one in first["suggestions"]
    ]
    read = [query["sql"].partition(" WHERE ")[0] for query in captured]
    assert not [sql for sql in read if f'FROM "{Page._meta.db_table}"' in sql]


def test_suggestions_give_a_ticket_to_whoever_comes_without(front_end, make_therapist):
    for name in ("Ada", "Ben", "Cy", "Dee"):
        make_therapist(name)
    previewed = front_end.asks(ticket=None).json()

    front_end.sends(front_end.answers(ticket=previewed["ticket"]))

    [run] = Enquiry.objects.get().suggestion_runs.all()
    assert [row.therapist_id for row in run.suggestions.all()] == [
        int(one["choice"]) for one in previewed["suggestions"]
    ]


def test_times_to_meet_are_offered_by_whom_they_ask_and_kept(front_end, make_therapist):
    ada = make_therapist("Ada")
    assert front_end.asks(choice=None).json()["preferred_times"] == []
    offered = front_end.asks(choice=str(ada.pk)).json()["preferred_times"]
    chosen = [offered[0]["key"], offered[-1]["key"]]
    answers, key = front_end.answers(choice=str(ada.pk), preferred_times=chosen), uuid.uuid4()
    assert set(problem(front_end.sends(answers | {"preferred_times": ["soon"]}))) == {"preferred_times"}

    first = front_end.sends(answers, key)

    stored = Enquiry.objects.get().preferred_times.values_list("starts", flat=True)
    assert [key_of(moment) for moment in stored] == chosen
    ada.availability.windows.all().delete()
    again = front_end.sends(answers, key)
    assert (again.status_code, again.content) == (201, first.content)
    assert problem(front_end.sends(answers | {"preferred_times": chosen[:1]}, key), 409) == {}
    assert problem(front_end.sends(answers | {"preferred_times": None}, key), 409) == {}


def test_a_ticket_makes_one_enquiry(front_end, make_therapist):
    make_therapist("Ada")
    answers = front_end.answers()
    front_end.sends(answers)

    assert set(problem(front_end.sends(answers))) == {"ticket"}
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("way_out", [{"adult": "no"}, {"needs_help_today": "yes"}])
def test_whoever_the_form_cannot_help_is_told_so_and_nothing_is_kept(front_end, way_out):
    rest = {"adult": "yes", "needs_help_today": "no"} | way_out
    for answers in (rest, front_end.answers(**way_out)):
        response = front_end.sends(answers)
        assert (response.status_code, response.json()) == (200, {"outcome": "needs_other_help"})
    assert not Enquiry.objects.exists()
    assert not FollowUp.objects.exists()


NEEDED = ["adult", "consent", "email", "name"]
WRONG = {
    "nothing at all": (dict.fromkeys(NEEDED), set(NEEDED)),
    "no concern": ({"main_concern": None}, {"main_concern"}),
    "an essential that says nothing": ({"gender_is_essential": True}, {"genders"}),
    "a budget in words": ({"budget": "not much"}, {"budget"}),
    "a time that is none": ({"slots": ["9-night"]}, {"slots"}),
    "a therapist not suggested": ({"choice": "1"}, {"choice"}),
    "no choice": ({"choice": None}, {"choice"}),
    "half an address": ({"email": "sam@"}, {"email"}),
    "an unsafe address and no phone": ({"safe_to_email": "no"}, {"phone"}),
    "a phone in words": ({"phone": "ask my mother"}, {"phone"}),
    "a message without end": ({"message": "x" * 3001}, {"message"}),
    "no agreement": ({"consent": False}, {"consent"}),
    "an agreement to other words": ({"consent_version": "2025-01"}, {"consent"}),
    "an agreement to nothing": ({"consent_version": None}, {"consent"}),
    "an agreement in words": ({"consent": "yes"}, {"consent"}),
    "a robot": ({"website": "https://spam.example"}, {"website"}),
    "no ticket": ({"ticket": None}, {"ticket"}),
    "a made-up ticket": ({"ticket": "made-up"}, {"ticket"}),
    "a list where one is asked": ({"adult": ["yes", "no"]}, {"adult"}),
    "yes as a name": ({"name": True}, {"name"}),
    "an object": ({"email": {"to": "sam@example.org"}}, {"email"}),
    "a list of lists": ({"formats": [["video"]]}, {"formats"}),
    "a question nobody asked": ({"age": 40, "extra_0": "x"}, {"age", "extra_0"}),
    "a null byte": ({"name": "Sam\x00", "time_zone": "\x00"}, {"name", "time_zone"}),
    "a therapist who is not here": ({"asked_about": 999999}, {"asked_about"}),
    "a therapist who is nothing": ({"asked_about": "9" * 400}, {"asked_about"}),
}  # fmt: skip


def test_wrong_answers_are_named_and_nothing_is_stored(front_end, make_therapist, subtests):
    make_therapist("Ada")
    for case, (answers, named) in WRONG.items():
        with subtests.test(case):
            errors = problem(front_end.sends(front_end.answers(**answers)))
            assert set(errors) == named
            assert all(words and all(words) for words in errors.values())
    assert not Enquiry.objects.exists()
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(("name", "age"), [("LEAST_AGE", timedelta(hours=1)), ("MOST_AGE", timedelta(0))])
def test_a_form_sent_too_soon_or_too_late_can_be_sent_again(
    front_end, make_therapist, monkeypatch, name, age
):
    make_therapist("Ada")
    answers, key = front_end.answers(), uuid.uuid4()
    with monkeypatch.context() as patched:
        patched.setattr(ticket, name, age)
        assert set(problem(front_end.sends(answers, key))) == {"ticket"}
        renewed = front_end.client.post(
            "/api/v2/matching/suggestions/", answers, content_type="application/json"
        ).json()["ticket"]
    assert front_end.sends(answers | {"ticket": renewed}, key).status_code == 201


def test_values_that_the_form_does_not_offer_are_refused(front_end):
    for place in ("enquiries/", "matching/suggestions/", "enquiries/status/withdraw/"):
        response = front_end.posts(place, {"message": "x" * 70_000})
        assert response.status_code == 413
        assert response["Content-Type"] == "application/problem+json"


def test_a_therapist_who_was_asked_about_comes_first_and_can_be_chosen(front_end, make_therapist, practice):
    for name in ("Ada", "Ben", "Cy"):
        make_therapist(name, level=ConcernLevel.SPECIALISM)
    dee = make_therapist("Dee", concern=practice.panic)
    wish = {"main_concern": "other", "other_concerns": [practice.panic.pk], "asked_about": dee.pk}
    suggestions = front_end.asks(**wish).json()["suggestions"]

    assert [one["was_asked_about"] for one in suggestions] == [True, *[False] * (len(suggestions) - 1)]
    assert suggestions[0]["therapist"]["title"] == "Dee"
    front_end.sends(front_end.answers(**wish, choice=suggestions[0]["choice"]))
    assert Enquiry.objects.get().chosen_therapist == dee


def test_a_therapist_who_cannot_be_suggested_is_named_with_the_reason(front_end, make_therapist):
    dee = make_therapist("Dee", gender=Gender.MAN)
    wish = {"genders": ["woman"], "gender_is_essential": True, "asked_about": dee.pk}
    answer = front_end.asks(**wish).json()

    assert answer["suggestions"] == []
    assert answer["not_suggested"]["therapist"]["title"] == "Dee"
    assert answer["not_suggested"]["reasons"]
    assert "choice" in problem(front_end.sends(front_end.answers(**wish, choice=dee.pk)))


def test_firm_limits_that_could_be_eased_are_told(front_end, make_therapist):
    make_therapist("Ada")
    firm = {"slots": ["6-evening"], "only_these_slots": True}
    answer = front_end.asks(**firm).json()

    assert answer["suggestions"] == []
    assert answer["easings"] == [{"question": "only_these_slots", "answer": False, "would_add": 1}]
    assert answer["could_give_way"] == [{"question": "only_these_slots", "would_fit": 1}]
    [easing] = answer["easings"]
    eased = front_end.asks(**firm | {easing["question"]: easing["answer"]}).json()
    assert [one["therapist"]["title"] for one in eased["suggestions"]] == ["Ada"]


def test_page_and_api_are_throttled_together(front_end, visitor, make_therapist, settings):
    make_therapist("Ada")
    answers = front_end.answers()
    hold_back(settings, sending="2/hour")
    visitor.reaches("contact").finishes()
    assert visitor.response.status_code == 302
    assert front_end.sends(answers).status_code == 201
    visitor.opens("/find-a-therapist/").reaches("contact")

    assert problem(front_end.sends(), 429) == {}
    visitor.finishes()
    assert visitor.response.status_code == 429
    assert Enquiry.objects.count() == 2


def test_previews_have_a_throttle_of_their_own(front_end, make_therapist, settings):
    make_therapist("Ada")
    hold_back(settings, previewing="1/min")

    assert [front_end.asks().status_code for _ in range(2)] == [200, 429]
    assert front_end.sends().status_code == 201
