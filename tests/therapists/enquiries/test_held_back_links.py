"""How often one link, and one address, may ask: on the visitor's page and through the API."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.throttling import hold_back
from therapists.enquiries.public import private_page
from therapists.enquiries.signed_links import Purpose, token

STATUS = "/api/v2/enquiries/status/"
NOW = time.time()
#: As on the page of an offer (`test_offers`), but sooner: each time until then shows a whole page.
MOST_IN_A_MINUTE = 4


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(private_page, "MOST_IN_A_MINUTE", MOST_IN_A_MINUTE)


def test_one_link_is_held_back_on_its_page_and_through_the_api(client, ask, enquiry, monkeypatch):
    cache.clear()
    monkeypatch.setattr("core.throttling.time.time", lambda: NOW)
    page = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    for _ in range(MOST_IN_A_MINUTE // 2):
        assert (client.get(page).status_code, ask().status_code) == (200, 200)

    response = ask()

    assert response.status_code == client.get(page).status_code == 429
    assert client.get(page)["Retry-After"] == "60"
    assert 60 <= int(response["Retry-After"]) <= 61


def test_behind_a_proxy_two_clients_are_counted_apart_and_one_link_is_not(client, enquiry, settings):
    """Whatever addresses a private link is opened from, it is one link."""
    hold_back(settings, private="2/min")
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}

    def statuses(*clients, bearer):
        return [
            client.get(
                STATUS, headers={"authorization": f"Bearer {bearer}", "x-forwarded-for": address}
            ).status_code
            for address in clients
        ]

    assert statuses("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", bearer="wrong") == [401, 401, 429, 401]
    page = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    for number in range(MOST_IN_A_MINUTE):
        assert client.get(page, headers={"x-forwarded-for": f"10.0.1.{number}"}).status_code == 200
    assert client.get(page, headers={"x-forwarded-for": "10.0.2.1"}).status_code == 429


def test_without_a_proxy_a_forged_address_is_not_believed(client, enquiry, settings):
    hold_back(settings, private="2/min")
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 0}

    statuses = [
        client.get(
            STATUS, headers={"authorization": "Bearer wrong", "x-forwarded-for": f"10.0.0.{number}"}
        ).status_code
        for number in range(3)
    ]

    assert statuses == [401, 401, 429]


def test_wrong_tokens_are_held_back_before_they_are_looked_up(ask, enquiry):
    wrong = [ask(bearer="wrong").status_code for _ in range(MOST_IN_A_MINUTE + 1)]

    assert (wrong[0], wrong[-1]) == (401, 429)
    assert ask().status_code == 200


def test_one_address_is_held_back_whatever_its_tokens(ask, enquiry, settings):
    hold_back(settings, private="2/min")

    assert [ask(bearer=f"wrong-{number}").status_code for number in range(3)] == [401, 401, 429]


def test_another_origin_may_send_the_token_and_read_the_refusal(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    asked = {"origin": "https://app.example.org", "access-control-request-method": "DELETE"}

    allowed = client.options(STATUS, headers=asked | {"access-control-request-headers": "authorization"})
    refused = client.get(STATUS, headers={"origin": "https://app.example.org"})

    assert "authorization" in allowed["Access-Control-Allow-Headers"]
    assert "DELETE" in allowed["Access-Control-Allow-Methods"]
    assert "www-authenticate" in refused["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in refused
