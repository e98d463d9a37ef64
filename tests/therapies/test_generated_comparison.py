"""A comparison without a page of its own is found and shared as well as one that has a page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import PracticeSettings
from tests.factories.home import PracticeImageFactory, make_site
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


def test_link_names_the_therapies_in_full_and_shows_the_practices_picture(
    client: Client, pair: list[TherapyPage]
) -> None:
    PracticeSettings.objects.update(share_image=PracticeImageFactory())
    card = shared(client)
    assert card["og:title"] == "Acceptance therapy or Cognitive therapy"
    assert card["og:type"] == "article"
    assert card["og:url"] == f"http://testserver{ADDRESS}"
    assert "Acceptance therapy and Cognitive therapy" in card["description"]
    assert card["og:description"] == card["description"]
    assert card["og:image"].startswith("http://testserver/media/images/")


def test_structured_data_names_what_it_compares_and_its_sources(
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
