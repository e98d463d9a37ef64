"""Of the many pages that hold a common word, the ones that fit best are ranked."""

import pytest
from django.db import connection
from wagtail.models import Page

from search import index_lookup, query
from search.query import find
from tests.factories.home import InfoPageFactory, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]

WORDS = {
    "title": {"title": "Sleep"},
    "long title": {"title": "How to find your sleep again when the nights are long and the days are short"},
    "name": {"title": "Restless nights", "other_words": ["sleep"]},
    "summary": {"title": "Nights", "summary": "Sleep, sleep and sleep."},
    "both": {"title": "Grief", "summary": "It takes your sleep, and grief takes time."},
    "neither": {"title": "Work", "summary": "Bullying."},
}


@pytest.fixture
def pages():
    front_page = make_site()
    for number, fields in enumerate([*WORDS.values(), *WORDS.values()]):
        InfoPageFactory(parent=front_page, slug=f"page-{number}", **fields)
    InfoPageFactory(parent=front_page, slug="draft", live=False, title="Sleep", summary="Sleep and grief.")


@pytest.mark.usefixtures("pages")
def test_the_best_are_those_that_are_best_of_all(monkeypatch):
    for words in ("sleep", "sleep grief"):
        best_first = find(words).ids
        for most in range(1, len(best_first)):
            with monkeypatch.context() as fewer:
                for module in (index_lookup, query):
                    fewer.setattr(module, "MOST_RANKED", most)
                assert find(words).ids == best_first[:most], (words, most)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("words", "operator"), [("sleep", "and"), ("sleep grief", "and"), ("sleep zebra", "or")]
)
def test_pages_are_ranked_as_the_search_backend_ranks_them(words, operator):
    ranked = [page.pk for page in Page.objects.live().search(words, operator=operator)]
    assert len(ranked) > 1
    assert find(words).ids == ranked


def test_the_words_of_a_long_text_stand_in_their_row():
    words = " ".join(f"word{number}" for number in range(400))
    InfoPageFactory(parent=make_site(), summary=words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_size(body), pg_column_toast_chunk_id(body) FROM wagtailsearch_indexentry"
            " ORDER BY length(body) DESC LIMIT 1"
        )
        [(size, elsewhere)] = cursor.fetchall()
    assert size > 4_000
    assert elsewhere is None
