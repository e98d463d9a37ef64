"""What search engines are told of a page."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.seo.page_graph import graph_of
from core.seo.structured_data import graph, in_html, node
from home.models import HomePage, PracticeSettings
from tests.factories.home import InfoPageFactory, ReviewerFactory, make_site
from tests.structured_data import graph_in, of_type, problems

pytestmark = pytest.mark.django_db

HOME = "http://testserver/"


@pytest.fixture
def home() -> HomePage:
    return make_site()


def told(client: Client, path: str) -> list[dict]:
    return graph_in(client.get(path).content.decode())


def test_front_page_says_who_the_practice_is_and_how_to_search(client: Client, home: HomePage) -> None:
    PracticeSettings.objects.update(strapline="Someone to talk to", contact_email="us@example.org")
    found = told(client, "/")
    assert problems(found) == []
    practice = of_type(found, "Organization")
    assert practice["name"] == "The practice"
    assert practice["url"] == HOME
    assert practice["email"] == "us@example.org"
    assert "telephone" not in practice
    target = of_type(found, "WebSite")["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{HOME}search/?query={{words}}"


def test_page_says_where_it_stands_and_who_read_it(client: Client, home: HomePage) -> None:
    above = InfoPageFactory(parent=home, title="About us", slug="about")
    InfoPageFactory(
        parent=above, title="Fees", slug="fees", last_reviewed=date(2026, 3, 2), reviewer=ReviewerFactory()
    )
    found = told(client, "/about/fees/")
    assert problems(found) == []
    trail = of_type(found, "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in trail] == [
        (1, "Home", HOME),
        (2, "About us", f"{HOME}about/"),
        (3, "Fees", f"{HOME}about/fees/"),
    ]
    page = of_type(found, "WebPage")
    assert page["lastReviewed"] == "2026-03-02"
    assert page["reviewedBy"]["name"] == "Sample Reviewer"


def test_reviewer_without_a_review_is_not_named(client: Client, home: HomePage) -> None:
    InfoPageFactory(parent=home, slug="fees", reviewer=ReviewerFactory(name="MARKER"))
    assert "MARKER" not in client.get("/fees/").content.decode()


def test_what_is_not_public_is_in_no_trail(client: Client, home: HomePage) -> None:
    draft = InfoPageFactory(parent=home, title="MARKER draft", slug="draft", live=False)
    InfoPageFactory(parent=draft, slug="fees")
    found = told(client, "/draft/fees/")
    assert problems(found) == []
    assert "MARKER" not in str(found)


def test_questions_are_told_with_their_answers_in_plain_words(client: Client, home: HomePage) -> None:
    questions = [
        {"question": "Do I need a referral?", "answer": "<p>No. <b>Write</b> to us.</p><p>Any time.</p>"}
    ]
    InfoPageFactory(parent=home, slug="q", body=[("questions", {"heading": "Q", "questions": questions})])
    found = told(client, "/q/")
    assert problems(found) == []
    [question] = of_type(found, "FAQPage")["mainEntity"]
    assert question["name"] == "Do I need a referral?"
    assert question["acceptedAnswer"]["text"] == "No. Write to us. Any time."


def test_no_title_can_leave_its_place(client: Client, home: HomePage) -> None:
    title = "</script><script>alert(1)</script> & <!-- "
    InfoPageFactory(parent=home, title=title, slug="odd")
    html = client.get("/odd/").content.decode()
    assert "<script>alert" not in html
    assert of_type(graph_in(html), "WebPage")["name"] == title


def test_graph_keeps_out_what_could_close_its_element() -> None:
    assert not set("<>&") & set(in_html(graph([node("Thing", name="</script>&<!--")])))


def test_page_without_a_summary_is_described_by_its_opening_words(client: Client, home: HomePage) -> None:
    body = [("heading", "Fees"), ("paragraph", "<p>A session is <b>sixty</b> pounds.</p>")]
    InfoPageFactory(parent=home, slug="fees", summary="", body=body)
    html = client.get("/fees/").content.decode()
    assert '<meta name="description" content="A session is sixty pounds.">' in html


def test_page_for_some_readers_only_is_not_described_to_others(client: Client, home: HomePage) -> None:
    page = InfoPageFactory(parent=home, title="MARKER", slug="private")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert "MARKER" not in client.get("/private/").content.decode()


def test_number_of_queries_is_the_same_at_any_depth(rf: RequestFactory, home: HomePage) -> None:
    shallow = InfoPageFactory(parent=home)
    deep = InfoPageFactory(parent=InfoPageFactory(parent=shallow))
    request = rf.get("/")
    graph_of(home, request)  # the first call fills Wagtail's caches
    with CaptureQueriesContext(connection) as for_shallow:
        graph_of(shallow, request)
    with CaptureQueriesContext(connection) as for_deep:
        graph_of(deep, request)
    assert len(for_deep) == len(for_shallow)
