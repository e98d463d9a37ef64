"""The user bar for a page that a front end shows: for editors on that origin, and for no one else."""

import re

import pytest

from tests.content_checker import checker_in, failed_in
from tests.core.preview.conftest import FRONT_END, latest_draft, panel_of, type_in
from tests.factories.home import InfoPageFactory
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory
from tests.therapies.test_editing import form

AT_THE_FRONT_END = {"origin": FRONT_END}


@pytest.fixture
def fees(home):
    return InfoPageFactory(parent=home, title="Fees", slug="fees")


def bar(client, **parameters):
    return client.get("/userbar/", parameters, headers=AT_THE_FRONT_END)


def test_an_editor_gets_the_bar_of_a_page(desk, fees):
    response = bar(desk, id=fees.pk)

    assert response["Access-Control-Allow-Origin"] == FRONT_END
    assert response["Access-Control-Allow-Credentials"] == "true"
    assert response["Cache-Control"] == "private, no-store"
    text = response.content.decode()
    assert f"/admin/pages/{fees.pk}/edit/" in text
    for address in re.findall(r'(?:src|href)="([^"]+)"', text):
        assert address.startswith(("//testserver/", "http://testserver/", "#")), address


@pytest.mark.parametrize("given", ["", "0", "99999999", "x", "9" * 40, "1\x00"])
def test_a_page_that_is_not_there_gets_a_bar_without_one(desk, home, given):
    response = bar(desk, id=given)

    assert response.status_code == 200
    assert "/edit/" not in response.content.decode()


def test_a_reader_gets_nothing_and_no_error(client, fees):
    response = bar(client, id=fees.pk)

    assert (response.status_code, response.content) == (204, b"")


def test_another_origin_is_not_sent_an_editors_bar(desk, fees):
    response = desk.get("/userbar/", {"id": fees.pk}, headers={"origin": "https://other.example"})

    assert "Access-Control-Allow-Origin" not in response
    assert "Access-Control-Allow-Credentials" not in response


def test_credentials_go_to_this_address_alone(desk, home):
    for address in ("/api/v2/pages/", "/api/v2/page_preview/", "/admin/", "/"):
        response = desk.get(address, headers=AT_THE_FRONT_END)
        assert "Access-Control-Allow-Credentials" not in response


def test_a_preview_gets_its_bar_by_its_token(desk, client, home):
    """Cookies of another site do not reach a frame: the token stands for its editor."""
    therapy = TherapyPageFactory(parent=TherapyIndexPageFactory(parent=home))
    given = type_in(desk, panel_of(therapy), form(therapy, summary=""))

    response = bar(client, **given)

    assert response.status_code == 200
    assert "Access-Control-Allow-Credentials" not in response
    assert "<aside hidden" in response.content.decode()
    assert failed_in(checker_in(response.content.decode())) == {"no-reviewer", "no-summary", "no-verdict"}


def test_a_wrong_token_gets_nothing(client, desk, fees):
    given = latest_draft(desk, fees)

    assert bar(client, **given | {"token": "made:up"}).status_code == 204
    assert bar(client, **given | {"content_type": "home.homepage"}).status_code == 204


def test_the_checker_accepts_messages_of_the_front_end_and_the_editor(desk, fees):
    checker = checker_in(bar(desk, id=fees.pk).content.decode())

    assert checker["spec"]["allowedOrigins"] == ["http://testserver", FRONT_END]
