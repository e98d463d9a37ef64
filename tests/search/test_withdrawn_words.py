"""Whatever is withdrawn after everything was saved is found through no page that held its words."""

from itertools import chain

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from search.signal_handlers import index_anew
from tests.factories.withdrawable import (
    CAPTION,
    CONCERN,
    FACT,
    LABEL,
    LAST_LINK,
    NAME,
    OVERALL,
    OWN,
    THERAPY,
    Practice,
    make_practice,
)
from tests.search.withdrawals import (
    OF_CONCERN,
    WITHDRAWALS,
    Act,
    again,
    expire,
    rename,
    rename_and_revert,
    rename_through_a_workflow,
    restrict,
    unpublish,
)
from therapies.models import ComparisonDimension, ConcernPage

#: Which pages hold each word while everything is public.
HOLDERS = {
    CONCERN: {f"Feeling {CONCERN}", f"Sample {NAME}"},
    THERAPY: {f"Talking {THERAPY}", f"Sample {NAME}"},
    FACT: {"Plain therapy"},
    OVERALL: {"Plain therapy"},
    CAPTION: {"An article"},
    LABEL: {"An article"},
    LAST_LINK: {"Home"},
    NAME: {f"Sample {NAME}"},
}
LISTS = ["pages/", "therapists/"]


@pytest.fixture(scope="module")
def stored(module_database: None) -> Practice:
    return make_practice()


@pytest.fixture
def practice(stored: Practice, db: None) -> Practice:
    return stored


def found(client: Client, *words: str) -> set[str]:
    """Return the titles that the API and the suggestions have for any of the words."""
    answer = client.get("/api/v2/search/", {"query": " ".join(words)}).json()
    titles = {row["page"]["title"] for row in answer["items"]}
    assert answer["meta"]["total_count"] == len(titles)
    asked = {"search": " ".join(words), "search_operator": "or"}
    lists = [client.get(f"/api/v2/{name}", asked).json()["items"] for name in LISTS]
    return titles | {row["title"] for row in chain.from_iterable(lists)} | suggested(client, words[0])


def suggested(client: Client, word: str) -> set[str]:
    groups = client.get("/search/suggestions/", {"query": word}).json()["groups"]
    return {page["title"] for group in groups for page in group["pages"]}


def shown(client: Client, *words: str) -> str:
    """Return what the search page shows of each page that it finds."""
    html = BeautifulSoup(client.get("/search/", {"query": " ".join(words)}).content, "html.parser")
    return " ".join(result.text for result in html.select(".search-result")).casefold()


def test_what_is_public_is_found_by_all_that_a_page_says(client: Client, practice: Practice) -> None:
    """Guards the tests below: what was never found could not be withdrawn."""
    assert {word: found(client, word) for word in HOLDERS} == HOLDERS
    assert [word for word in HOLDERS if word.casefold() not in shown(client, word)] == []
    beside = shown(client, OWN)
    assert [word for word in (CONCERN, FACT, CAPTION, LAST_LINK) if word not in beside] == []


@pytest.mark.parametrize("name", WITHDRAWALS)
def test_withdrawn_words_find_nothing(client: Client, practice: Practice, name: str) -> None:
    withdraw, words = WITHDRAWALS[name]
    withdraw(practice)
    assert found(client, *words) == set()
    told = shown(client, OWN, *words)
    assert OWN in told
    assert [word for word in words if word.casefold() in told] == []


@pytest.mark.parametrize("prepare", [rename, rename_and_revert, rename_through_a_workflow])
def test_a_new_name_finds_whoever_works_with_it(client: Client, practice: Practice, prepare: Act) -> None:
    prepare(practice)
    assert found(client, "otherwise") == {"Feeling otherwise", f"Sample {NAME}"}


def test_what_is_public_again_is_found_again(client: Client, practice: Practice) -> None:
    restrict("concern")(practice)
    unpublish("dimension")(practice)
    PageViewRestriction.objects.filter(page=practice.concern).delete()
    ComparisonDimension.objects.get(pk=practice.dimension.pk).save_revision().publish()
    assert {word: found(client, word) for word in (*OF_CONCERN, FACT)} == {
        word: HOLDERS[word] for word in (*OF_CONCERN, FACT)
    }


def test_own_words_and_those_of_others_are_found_together(client: Client, practice: Practice) -> None:
    answer = client.get("/api/v2/search/", {"query": f"{NAME} {CONCERN} {THERAPY}"}).json()
    assert answer["meta"] == {"total_count": 1, "closeness": "every word"}
    assert (
        client.get("/api/v2/therapists/", {"search": f"{NAME} {CONCERN}"}).json()["meta"]["total_count"] == 1
    )


def test_words_of_others_are_found_in_another_spelling(client: Client, practice: Practice) -> None:
    slips = {"quilwort": CONCERN, "bdellattomy": FACT}
    for slip, word in slips.items():
        assert HOLDERS[word] <= found(client, slip)
    restrict("concern")(practice)
    unpublish("dimension")(practice)
    assert found(client, *slips) == set()


def test_what_a_fact_says_no_more_is_on_no_page(client: Client, practice: Practice) -> None:
    """The definition of public counts for facts too: between the expiry and its processing."""
    expire("dimension")(practice)
    assert FACT not in client.get(practice.open_therapy.url).text
    assert FACT not in client.get("/api/v2/therapies/?fields=*").text


def test_the_index_is_filled_anew_after_its_migration(client: Client, practice: Practice) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_need")
        cursor.execute("DELETE FROM search_conditionalwords")
        cursor.execute("UPDATE wagtailsearch_indexentry SET body = '', body_text = 'quillwort'")
    step = type("Step", (), {"app_label": "search", "name": "0002_keep_conditional_words_apart"})
    index_anew(plan=[(step, False)])
    restrict("concern")(practice)
    assert found(client, CONCERN) == set()
    assert found(client, FACT) == HOLDERS[FACT]


def test_the_number_of_queries_does_not_grow_with_what_pages_lean_on(
    client: Client, practice: Practice
) -> None:
    def count(query: dict[str, str], address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address, query)
        return len(queries)

    addresses = ["/search/", "/search/suggestions/", "/api/v2/search/", "/api/v2/search/suggestions/"]
    asked = [({"query": "sample"}, address) for address in addresses]
    asked += [({"search": "sample"}, f"/api/v2/{name}") for name in LISTS]
    for one in asked:  # the first request of a process fills Wagtail's caches
        count(*one)
    before = [count(*one) for one in asked]
    therapist = again(practice.therapist)
    for number in range(5):
        concern = practice.above.add_child(instance=ConcernPage(title=f"Other {number}", slug=f"s{number}"))
        therapist.concerns.add(therapist.concerns.model(concern=concern))
    therapist.save_revision().publish()
    assert [count(*one) for one in asked] == before
