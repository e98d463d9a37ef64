from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ConcernPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()


def suggested(client: Client, words: str) -> dict[str, Any]:
    response = client.get("/search/suggestions/", {"query": words})
    assert response.status_code == HTTPStatus.OK
    return response.json()


def test_pages_come_by_kind_with_a_sentence_that_counts_them(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="Anxious before a first session?", slug="first")
    ConcernPageFactory(parent=home, title="Anxiety", slug="anxiety")
    answer = suggested(client, "anx")
    assert answer["status"].startswith("2 suggestions.")
    assert {group["kind"]: group["pages"] for group in answer["groups"]} == {
        "Information": [{"title": "Anxious before a first session?", "url": "/first/"}],
        "What people come with": [{"title": "Anxiety", "url": "/anxiety/"}],
    }


def test_other_words_for_a_concern_and_slips_are_understood(client: Client, home: HomePage) -> None:
    ConcernPageFactory(parent=home, title="Anxiety", synonyms=["panic"])
    for words in ("pan", "anxeity"):
        assert [group["pages"][0]["title"] for group in suggested(client, words)["groups"]] == ["Anxiety"]


@pytest.mark.parametrize("words", ["", " ", "a", " a "])
def test_one_letter_is_too_few(client: Client, home: HomePage, words: str) -> None:
    InfoPageFactory(parent=home, title="A")
    assert suggested(client, words) == {"status": "", "groups": []}


def test_nothing_found_is_said(client: Client, home: HomePage) -> None:
    assert suggested(client, "xylophone") == {
        "status": "No suggestions. You can still search.",
        "groups": [],
    }


def test_what_is_not_public_is_not_suggested(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="Marker draft", live=False)
    InfoPageFactory(parent=home, title="Marker expired", expire_at=timezone.now())
    assert suggested(client, "marker")["groups"] == []


def test_eight_are_enough(client: Client, home: HomePage) -> None:
    for number in range(10):
        InfoPageFactory(parent=home, title=f"Sleep {number}")
    assert sum(len(group["pages"]) for group in suggested(client, "sleep")["groups"]) == 8


@pytest.mark.parametrize(
    "words", ["'", '""', "\\\\", "& | !", "a:*", "%%", "🙂🙂", "select 1; --", "a" * 120]
)
def test_odd_words_break_nothing(client: Client, home: HomePage, words: str) -> None:
    suggested(client, words)


@pytest.mark.parametrize("words", ["a" * 121, "a\x00b"])
def test_words_that_cannot_be_looked_for_are_refused_with_a_reason(
    client: Client, home: HomePage, words: str
) -> None:
    response = client.get("/search/suggestions/", {"query": words})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert response.json()["status"]


def test_suggestions_are_kept_nowhere_and_leave_no_cookie(client: Client, home: HomePage) -> None:
    response = client.get("/search/suggestions/", {"query": "grief"})
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert client.post("/search/suggestions/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_number_of_queries_is_the_same_for_many(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="Sleep")
    suggested(client, "sleep")
    with CaptureQueriesContext(connection) as for_one:
        suggested(client, "sleep")
    for number in range(7):
        InfoPageFactory(parent=home, title=f"Sleep {number}")
    with CaptureQueriesContext(connection) as for_many:
        suggested(client, "sleep")
    assert len(for_many) == len(for_one)
