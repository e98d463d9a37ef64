from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction

from home.models import HomePage
from search import index_lookup, query
from search.query import find
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ConcernPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()


def search(client: Client, **query: Any) -> str:
    response = client.get("/search/", query)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def article(home: HomePage, title: str, text: str, **fields: Any) -> None:
    InfoPageFactory(parent=home, title=title, body=[("paragraph", f"<p>{text}</p>")], **fields)


def test_result_says_what_it_is_and_marks_the_words(client: Client, home: HomePage) -> None:
    article(home, "What it costs", "Nobody pays for the first consultation.")
    html = search(client, query="consultations")
    assert "What it costs" in html
    assert "Information" in html
    assert "<mark>consultation</mark>" in html


def test_results_stand_by_kind_with_the_best_first(client: Client, home: HomePage) -> None:
    article(home, "Sleep and rest", "Sleep, sleep, sleep and more sleep.")
    ConcernPageFactory(parent=home, title="Sleep", summary="Sleep that does not come.")
    article(home, "Fees", "We sleep on Sundays, as most people do in a long week.")
    soup = BeautifulSoup(search(client, query="sleep"), "html.parser")
    groups = {
        group.h3.text: {link.text for link in group.select("h4 a")} for group in soup.select(".search-group")
    }
    assert groups == {"What people come with": {"Sleep"}, "Information": {"Sleep and rest", "Fees"}}
    assert next(iter(groups)) == find("sleep").pages(0, 1)[0].kind_heading


@pytest.mark.guide(
    "Information pages and concerns have “other words for it”, by which a search finds them.",
    "The other words of a concern are found without it.",
)
def test_words_of_other_people_for_a_concern_find_it(client: Client, home: HomePage) -> None:
    ConcernPageFactory(parent=home, title="Anxiety and worry", synonyms=["panic", "nerves"])
    html = search(client, query="panic")
    assert "Anxiety and worry" in html
    assert "Other words for it: <mark>panic</mark>, nerves." in html


def test_page_of_information_says_only_which_of_its_subjects_was_asked_for(
    client: Client, home: HomePage
) -> None:
    InfoPageFactory(parent=home, title="About us", other_words=["gay", "phone number", "contact"])
    html = search(client, query="gay")
    assert "It is also about: <mark>gay</mark>." in html
    assert "phone number" not in html


@pytest.mark.parametrize("query", ["where are you", "who are you?", "what is this"])
def test_words_that_stand_in_every_text_find_nothing_at_random(
    client: Client, home: HomePage, query: str
) -> None:
    article(home, "Where and what", "This is where you and they are, and who is there.")
    assert "We found nothing for" in search(client, query=query)


def test_accents_do_not_matter(client: Client, home: HomePage) -> None:
    article(home, "Zoë writes", "A letter.")
    assert "1 page for" in search(client, query="zoe")


def test_some_of_the_words_are_better_than_nothing(client: Client, home: HomePage) -> None:
    article(home, "Grief", "Loss comes in waves.")
    html = search(client, query="grief aquarium")
    assert "Grief" in html
    assert "These have some of it" in html


def test_word_spelt_otherwise_finds_what_was_meant(client: Client, home: HomePage) -> None:
    article(home, "Depression", "Feeling low.")
    html = search(client, query="depresion")
    assert "Depression" in html
    assert "These pages have “depression”" in html


def test_letters_that_changed_places_find_what_was_meant(client: Client, home: HomePage) -> None:
    ConcernPageFactory(parent=home, title="Grief", synonyms=["bereavement"])
    article(home, "Fees", "A great relief to many.")
    for words, spelt in (("greif", "grief"), ("bereavmnet", "bereavement")):
        html = search(client, query=words)
        assert f"These pages have “{spelt}”" in html
        assert "Grief" in BeautifulSoup(html, "html.parser").select_one(".search-result").text


def test_nothing_found_offers_a_place_to_begin(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, title="How matching works", show_in_menus=True)
    html = search(client, query="xylophone")
    assert "We found nothing" in html
    assert "How matching works" in html


def test_what_is_not_public_is_not_found(client: Client, home: HomePage) -> None:
    article(home, "Draft MARKER", "MARKER", live=False)
    article(home, "Expired MARKER", "MARKER", expire_at=timezone.now())
    private = InfoPageFactory(parent=home, title="Private MARKER")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    promotion_query = Query.get("marker")
    SearchPromotion.objects.create(query=promotion_query, page=private, description="MARKER promoted")
    html = search(client, query="marker")
    assert "MARKER" not in html


@pytest.mark.guide("Promoted search results: what comes first for a word.")
def test_editors_choice_comes_first(client: Client, home: HomePage) -> None:
    page = InfoPageFactory(parent=home, title="Urgent help")
    article(home, "Help with money", "Help, and more help.")
    SearchPromotion.objects.create(query=Query.get("help"), page=page, description="If you are in danger.")
    html = search(client, query="Help")
    assert 0 < html.index("If you are in danger.") < html.index("with money")


def test_what_people_search_for_is_not_kept(client: Client, home: HomePage) -> None:
    search(client, query="something private")
    assert not Query.objects.exists()
    assert not QueryDailyHits.objects.exists()


def test_results_come_in_pages(client: Client, home: HomePage) -> None:
    for number in range(12):
        article(home, f"Sleep {number}", "About sleep.")
    assert search(client, query="sleep").count('class="search-result"') == 10
    last = search(client, query="sleep", page="2")
    assert last.count('class="search-result"') == 2
    assert "Page 2 of 2" in last
    assert search(client, query="sleep", page="2000") == last


@pytest.mark.parametrize(
    "query",
    ["'", '"', "\\", "& | !", "a:*", "<script>alert(1)</script>", "%", "🙂", "select 1; --", "a" * 120, "  "],
)
def test_odd_words_are_looked_for_like_any_others(client: Client, home: HomePage, query: str) -> None:
    html = search(client, query=query, page="not a number")
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("query", "reason"), [("a" * 121, "Use fewer words"), ("a\x00b", "cannot be searched for")]
)
def test_words_that_cannot_be_searched_for_come_back_with_a_reason(
    client: Client, home: HomePage, query: str, reason: str
) -> None:
    response = client.get("/search/", {"query": query})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert reason in response.content.decode()


def test_searches_are_kept_in_no_cache_and_no_index(client: Client, home: HomePage) -> None:
    response = client.get("/search/", {"query": "grief"})
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_number_of_queries_is_the_same_for_many_results(client: Client, home: HomePage) -> None:
    article(home, "Sleep", "About sleep.")
    search(client, query="sleep")  # the first request of a process fills Wagtail's caches
    with CaptureQueriesContext(connection) as for_one:
        search(client, query="sleep")
    for number in range(9):
        article(home, f"Sleep {number}", "About sleep.")
    with CaptureQueriesContext(connection) as for_many:
        search(client, query="sleep")
    assert len(for_many) == len(for_one)


def test_of_very_many_pages_those_that_fit_best_are_shown(
    client: Client, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (index_lookup, query):
        monkeypatch.setattr(module, "MOST_RANKED", 3)
    for number in range(8):
        article(home, f"Text {number}", "Night and sleep." if number == 1 else "Sleep. " * (9 - number))
    html = search(client, query="sleep")
    assert "More than 3 pages for “sleep”" in html
    assert [f"Text {number}" in html for number in (0, 2, 7)] == [True, True, False]
    both = search(client, query="sleep night")
    assert "1 page for “sleep night”" in both
    assert "Text 1" in both
