"""Therapists side by side, by address."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.therapists import TherapistPageFactory


@pytest.fixture
def four(practice):
    for name in ["anna", "ben", "chris", "dora"]:
        TherapistPageFactory(parent=practice.directory, title=name.title(), slug=name)
    TherapistPageFactory(parent=practice.directory, title="Hidden", slug="hidden", live=False)


def names(response):
    assert response.status_code == 200
    return [link.text for link in BeautifulSoup(response.content, "html.parser").select("thead a")]


def test_two_stand_side_by_side_in_the_order_asked_for(four, client):
    assert names(client.get("/therapists/compare/?t=ben&t=anna")) == ["Ben", "Anna"]


def test_three_are_the_most_and_that_is_said(four, client):
    response = client.get("/therapists/compare/?t=anna&t=ben&t=chris&t=dora")
    assert names(response) == ["Anna", "Ben", "Chris"]
    assert "The others were left out" in response.text


@pytest.mark.parametrize(
    "query",
    ["", "t=", "t=anna", "t=anna&t=anna", "t=anna&t=hidden", "t=%00&t=anna", f"t={'x' * 5000}", "t=<b>"],
)
def test_fewer_than_two_is_told_and_shows_no_table(four, client, query):
    response = client.get(f"/therapists/compare/?{query}")
    assert names(response) == []
    assert "Choose two or three therapists" in response.text
    assert "Hidden" not in response.text


def test_who_is_not_listed_is_said_without_a_name(four, client):
    response = client.get("/therapists/compare/?t=anna&t=ben&t=hidden")
    assert names(response) == ["Anna", "Ben"]
    assert "is not listed here any more" in response.text
