"""A comparison that no editor wrote a page for is found and shared as well as one that has a page."""

from http import HTTPStatus
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from core.seo.drawing import SIZE
from tests.factories.home import make_site
from tests.factories.therapies import (
    DimensionValueFactory,
    ReferenceFactory,
    TherapyIndexPageFactory,
    TherapyPageFactory,
)
from tests.structured_data import graph_in, of_type, problems
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db

ADDRESS = "/therapies/compare/act-vs-cbt/"


@pytest.fixture
def pair() -> list[TherapyPage]:
    index = TherapyIndexPageFactory(parent=make_site())
    return [
        TherapyPageFactory(parent=index, title="Acceptance therapy", abbreviation="ACT"),
        TherapyPageFactory(parent=index, title="Cognitive therapy", abbreviation="CBT"),
    ]


def shared(client: Client) -> dict[str, str]:
    soup = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    tags = soup.select("meta[property^='og:'], meta[name=description]")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in tags}


def test_link_names_the_therapies_in_full_and_shows_a_drawn_picture(
    client: Client, pair: list[TherapyPage]
) -> None:
    card = shared(client)
    assert card["og:title"] == "Acceptance therapy or Cognitive therapy"
    assert card["og:type"] == "article"
    assert card["og:url"] == f"http://testserver{ADDRESS}"
    assert "Acceptance therapy and Cognitive therapy" in card["description"]
    assert card["og:description"] == card["description"]
    assert card["og:image"].startswith(f"http://testserver{ADDRESS}")
    response = client.get(card["og:image"].removeprefix("http://testserver"))
    assert response.headers["Content-Type"] == "image/png"
    assert "immutable" in response.headers["Cache-Control"]
    assert Image.open(BytesIO(response.content)).size == SIZE


def test_old_picture_leads_to_the_new_one(client: Client, pair: list[TherapyPage]) -> None:
    before = shared(client)["og:image"].removeprefix("http://testserver")
    pair[0].title = "Acceptance and commitment therapy"
    pair[0].save()
    response = client.get(before)
    assert response.status_code == HTTPStatus.FOUND
    assert shared(client)["og:image"].endswith(response.headers["Location"])


def test_search_engines_are_told_what_it_compares_and_what_it_rests_on(
    client: Client, pair: list[TherapyPage]
) -> None:
    DimensionValueFactory(therapy=pair[0], references=[ReferenceFactory(citation="A trial")])
    html = client.get(ADDRESS).content.decode()
    graph = graph_in(html)
    assert problems(graph) == []
    page = of_type(graph, "MedicalWebPage")
    assert page["url"] == f"http://testserver{ADDRESS}"
    assert [treatment["name"] for treatment in page["about"]] == ["Acceptance therapy", "Cognitive therapy"]
    assert [source["name"] for source in page["citation"]] == ["A trial"]
    assert "lastReviewed" not in page
    trail = of_type(graph, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in trail][1:] == ["Therapies", "ACT or CBT"]
    assert BeautifulSoup(html, "html.parser").find("link", rel="canonical")["href"] == page["url"]


def test_picture_of_what_is_not_public_is_not_there(client: Client, pair: list[TherapyPage]) -> None:
    address = shared(client)["og:image"].removeprefix("http://testserver")
    PageViewRestriction.objects.create(page=pair[0], restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(address.replace("act-vs-cbt", "act-vs-none")).status_code == HTTPStatus.NOT_FOUND
