import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.home import make_site
from tests.factories.matching import MatchingPageFactory
from tests.factories.therapies import ConcernIndexPageFactory, ConcernPageFactory
from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
    WeeklyWindowFactory,
)
from therapists.enquiries.models import Enquiry

DOOR = "/api/v2/matching/"


@pytest.fixture
def concern(db):
    home = make_site()
    MatchingPageFactory(parent=home)
    low = ConcernPageFactory(parent=ConcernIndexPageFactory(parent=home), title="Feeling low")
    directory = TherapistIndexPageFactory(parent=home)
    therapist = TherapistPageFactory(parent=directory, title="Sample One")
    TherapistConcernFactory(therapist=therapist, concern=low)
    insured = timezone.localdate() + timedelta(days=90)
    TherapistPrivateFactory(therapist=therapist, insurance_expires_on=insured)
    WeeklyWindowFactory(availability=therapist.availability)
    return low


def ask(client, **answers):
    return client.post(f"{DOOR}suggestions/", answers, content_type="application/json")


def complete(concern, **other):
    return {
        "adult": "yes",
        "needs_help_today": "no",
        "main_concern": concern.pk,
        "formats": ["video"],
        "client_group": "individual",
        **other,
    }


def test_the_questions_come_with_their_choices(client, concern):
    answer = client.get(DOOR).json()
    questions = {question["name"]: question for step in answer["steps"] for question in step["questions"]}

    keys = ["before", "concerns", "who", "how", "refine", "suggestions", "contact"]
    assert [step["key"] for step in answer["steps"]] == keys
    assert {"key": str(concern.pk), "label": "Feeling low"} in questions["main_concern"]["choices"]
    assert questions["adult"]["label"] == "Are you 18 or over?"
    assert questions["formats"]["kind"] == "choices"
    assert answer["consent"]["version"] == "2026-11"


def test_limits_are_told_where_a_client_can_check_them(client, concern):
    questions = {one["name"]: one for step in client.get(DOOR).json()["steps"] for one in step["questions"]}

    assert (questions["budget"]["minimum"], questions["budget"]["maximum"]) == ("1", "1000")
    assert (questions["message"]["kind"], questions["message"]["max_length"]) == ("long_text", 3000)
    assert (questions["email"]["kind"], questions["phone"]["kind"]) == ("email", "phone")
    assert re.fullmatch(questions["phone"]["pattern"], "+44 (0)20 7946-0000")
    assert not re.fullmatch(questions["phone"]["pattern"], "ask my mother")
    assert questions["consent"]["required"]
    assert "website" not in questions, "robots would read that it is a trap"


def test_suggestions_come_with_reasons_and_nothing_is_stored(client, concern):
    response = ask(client, **complete(concern))

    assert response.status_code == 200, response.content
    [suggestion] = response.json()["suggestions"]
    assert suggestion["therapist"]["title"] == "Sample One"
    assert suggestion["reasons"]
    assert response["Cache-Control"] == "no-store"
    assert not Enquiry.objects.exists()


def test_the_page_itself_can_be_read(client, concern):
    answer = client.get("/api/v2/pages/find/?html_path=/find-a-therapist/").json()

    assert answer["meta"]["type"] == "matching.MatchingPage"
    assert answer["consent_version"] == "2026-11"


@pytest.mark.parametrize("way_out", [{"adult": "no"}, {"needs_help_today": "yes"}])
def test_someone_who_needs_other_help_is_told_so(client, concern, way_out):
    assert ask(client, **complete(concern, **way_out)).json()["outcome"] == "needs_other_help"


def test_wrong_answers_are_named(client, concern):
    response = ask(client, **complete(concern, formats=[], budget="much", only_these_slots=True))

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()["errors"]) == {"formats", "budget", "slots"}


@pytest.mark.parametrize(
    "body", ["[]", "null", '"x"', "{", '{"adult": {"a": 1}}', '{"adult": [[1]]}', "[" * 60_000]
)
def test_a_hostile_body_gets_an_answer(client, concern, body):
    response = client.post(f"{DOOR}suggestions/", body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
