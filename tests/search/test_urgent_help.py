"""Whoever looks for words like these is shown who can help, before anything that was found."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Locale, Site

from home.models import CrisisHelp, HomePage, RiskPhrase
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ConcernPageFactory
from tests.two_languages import in_language, speaking

pytestmark = pytest.mark.django_db


def line(name: str, phone: str, **more: Any) -> dict[str, Any]:
    about = {"name": name, "what_for": "Anything", "phone": phone, "hours": "Always", "nations": "UK"}
    return {"type": "help_line", "value": about | more}


@pytest.fixture
def home() -> HomePage:
    home = make_site()
    page = InfoPageFactory(parent=home, title="Get help now", slug="get-help-now")
    lines = [
        line("Samaritans", "116 123"),
        line("Domestic abuse line", "0808 2000 247", especially_for="domestic_abuse"),
        line("Emergency", "999", is_emergency=True),
    ]
    CrisisHelp.objects.create(site=Site.objects.get(), page=page, help_lines=json.dumps(lines))
    return home


@pytest.fixture
def german(home: HomePage) -> Iterator[None]:
    with speaking(("de", "German")):
        in_language(Locale.objects.create(language_code="de"), home, title="Start")
        yield


def main(client: Client, words: str, prefix: str = "/") -> Tag:
    return BeautifulSoup(client.get(f"{prefix}search/", {"query": words}).content, "html.parser").main


def first_heading(content: Tag) -> str:
    return content.h2.get_text(strip=True)


@pytest.mark.parametrize("words", ["suicide", "kill myself", "I dont want to be here anymore", "sucidal"])
def test_help_stands_before_whatever_was_found(client: Client, home: HomePage, words: str) -> None:
    ConcernPageFactory(parent=home, title="Low self-esteem", synonyms=["kill myself"])
    found = main(client, words)
    assert first_heading(found) == "You can talk to someone now"
    assert "We found nothing" not in found.text
    numbers = [link["href"] for link in found.select(".help-now a[href^='tel:']")]
    assert numbers == ["tel:999", "tel:116123", "tel:08082000247"]
    assert "It is no diagnosis" in found.text


@pytest.mark.guide("Especially for puts a line first where somebody's words, or their age, are about that.")
def test_lines_for_what_the_words_are_about_come_first(client: Client, home: HomePage) -> None:
    numbers = [link["href"] for link in main(client, "my husband hits me").select("a[href^='tel:']")]
    assert numbers == ["tel:999", "tel:08082000247", "tel:116123"]


def test_ordinary_words_show_no_help_panel(client: Client, home: HomePage) -> None:
    for words in ("grief", "lost my brother to suicide", "dying to meet you", ""):
        assert not main(client, words).select(".help-now"), words


def test_first_suggestion_leads_to_help(client: Client, home: HomePage) -> None:
    answer = client.get("/search/suggestions/", {"query": "self harm"}).json()
    assert answer["groups"][0] == {
        "kind": "You can talk to someone now",
        "pages": [{"title": "Get help now", "url": "/get-help-now/"}],
    }
    assert answer["status"].startswith("1 suggestion.")
    ordinary = client.get("/search/suggestions/", {"query": "xylophone"}).json()
    assert ordinary["groups"] == []


def test_api_tells_other_front_ends(client: Client, home: HomePage) -> None:
    for address in ("/api/v2/search/", "/api/v2/search/suggestions/"):
        answer = client.get(address, {"query": "he raped me and I want to die"}).json()["urgent_help"]
        assert answer["groups"] == ["suicide", "abuse"]
        assert [one["phone"] for one in answer["help_lines"]] == ["999", "0808 2000 247", "116 123"]
        assert answer["page"]["title"] == "Get help now"
        assert client.get(address, {"query": "grief"}).json()["urgent_help"] is None
        assert client.get(address).json()["urgent_help"] is None


@pytest.mark.guide(
    "Risk phrases (the Matching team's): words of your own in any language, beside those that the site "
    "knows, in any of their forms, after which help is shown first and a person reads an enquiry first.",
)
def test_words_that_the_practice_added_count_too(client: Client, home: HomePage) -> None:
    assert not main(client, "the old quarry").select(".help-now")
    RiskPhrase.objects.create(phrase="the old quarry", group=RiskPhrase.Group.SUICIDE)
    assert main(client, "The Old Quarry").select(".help-now")


@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_people_write_in_any_language_of_the_site_wherever_they_are(
    client: Client, german: None, prefix: str
) -> None:
    for words in ("Ich will nicht mehr leben", "er schlaegt mich", "kill myself"):
        assert main(client, words, prefix).select(".help-now a[href='tel:999']"), words
        locale = "de" if prefix == "/de/" else "en-gb"
        for place in ("", "suggestions/"):
            query = {"query": words, "locale": locale}
            assert client.get(f"/api/v2/search/{place}", query).json()["urgent_help"], words
        assert client.get(f"{prefix}search/suggestions/", {"query": words}).json()["groups"], words
    for words in ("der Termin bringt mich noch um", "die Trauer um meinen Mann", "Rat", "dying to meet you"):
        assert not main(client, words, prefix).select(".help-now"), words


@pytest.mark.guide(
    "Risk phrases (the Matching team's): words of your own in any language, beside those that the site "
    "knows, in any of their forms, after which help is shown first and a person reads an enquiry first.",
)
def test_own_words_are_found_in_any_form_of_their_language(client: Client, german: None) -> None:
    RiskPhrase.objects.create(phrase="alte Brücke", group=RiskPhrase.Group.SUICIDE)
    assert main(client, "bei den alten Bruecken", "/de/").select(".help-now")


def test_rules_of_a_language_that_the_site_does_not_have_are_not_asked(
    client: Client, home: HomePage
) -> None:
    assert not main(client, "ich will nicht mehr leben").select(".help-now")


def test_words_are_not_logged(client: Client, home: HomePage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(0):
        main(client, "kill myself zanzibar")
    assert "zanzibar" not in caplog.text
