"""What a visitor reads when something goes wrong: plain words and urgent help, without the database."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure

from core.middleware.database_unavailable import DatabaseUnavailableMiddleware
from tests.two_languages import speaking

ENGLISH_HEADINGS = {
    "This page is not open to you",
    "We could not accept this form",
    "We could not find this page",
    "Something went wrong on our side",
    "We will be back in a few minutes",
}
PAGES = ["403.html", "403_csrf.html", "404.html", "500.html", "503.html"]


@pytest.mark.parametrize("template", PAGES)
def test_each_error_page_says_where_urgent_help_is_and_asks_the_database_nothing(template):
    # Without the `db` mark any query fails the test.
    html = render_to_string(template)

    assert html.count("<h1>") == 1
    assert 'href="#urgent-help"' in html
    assert 'id="urgent-help"' in html
    assert 'href="tel:999"' in html
    assert "css/site.css" in html


@pytest.mark.parametrize("template", PAGES)
def test_each_error_page_is_in_the_language_of_its_address(template):
    with speaking(("de", "German")), translation.override("de"):
        page = BeautifulSoup(render_to_string(template), "html.parser")
    assert page.html["lang"] == "de"
    assert "Hilfe" in page.find(class_="get-help").text
    assert page.h1.text not in ENGLISH_HEADINGS
    assert {link["href"] for link in page.select("a[href^='/']")} == {"/de/"}
    assert all(form["action"] == "/de/search/" for form in page.select("form"))


@pytest.mark.django_db
def test_an_error_is_answered_in_the_language_of_its_address():
    with speaking(("de", "German")):
        assert "Wir konnten diese Seite nicht finden" in Client().get("/de/no-such-page/").content.decode()
        careful = Client(enforce_csrf_checks=True, headers={"accept-language": "de-AT, en;q=0.5"})
        # Private pages have no prefix: there the browser is asked.
        refused = careful.post("/enquiries/status/none/withdraw/")
        assert refused.status_code == 403
        assert '<html lang="de">' in refused.content.decode()
        assert "Accept-Language" in refused["Vary"]
        english = careful.post("/admin/login/")
        assert "We could not accept this form" in english.content.decode()


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_gets_the_friendly_page():
    response = Client().get("/no-such-page/")

    assert response.status_code == 404
    assert "We could not find this page" in response.content.decode()


def test_a_form_whose_token_is_missing_gets_a_way_back():
    response = csrf_failure(RequestFactory().post("/"))

    assert response.status_code == 403
    assert "We could not accept this form" in response.content.decode()


def test_a_database_that_does_not_answer_is_said_with_503_and_when_to_come_back():
    middleware = DatabaseUnavailableMiddleware(lambda request: None)

    response = middleware.process_exception(RequestFactory().get("/"), OperationalError("connection refused"))

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "connection refused" not in response.content.decode()


def test_other_errors_are_left_to_the_page_for_them():
    middleware = DatabaseUnavailableMiddleware(lambda request: None)

    assert middleware.process_exception(RequestFactory().get("/"), ValueError("no")) is None
