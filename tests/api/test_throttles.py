"""Whoever asks very often waits a while, and is told how long."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from core.throttle_rates import parse_rate, throttle_rates
from core.throttling import Throttle
from tests.throttling import hold_back

pytestmark = pytest.mark.usefixtures("search_index")


def statuses(client, *addresses, **kwargs):
    return [client.get(f"/api/v2/{address}", **kwargs).status_code for address in addresses]


def test_each_scope_is_counted_by_itself(client, home, settings):
    hold_back(settings, reading="2/min", searching="1/hour")

    assert statuses(client, "pages/", "paths/", "site/", "therapies/") == [200, 200, 429, 429]
    assert statuses(client, "search/?query=a", "search/suggestions/?query=a") == [200, 429]


def test_the_answer_says_how_long_to_wait(client, home, settings):
    hold_back(settings, searching="1/hour")
    client.get("/api/v2/search/?query=low")

    response = client.get("/api/v2/search/?query=low")

    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response.json()["type"].endswith("/problems/too-many-requests/")
    assert 3500 < int(response["Retry-After"]) <= 3601


def test_nobody_is_held_back_where_the_rate_is_empty(client, home, settings):
    hold_back(settings, reading=None)

    assert set(statuses(client, *["pages/"] * 40)) == {200}


def test_the_cache_keeps_no_address(client, home, settings):
    hold_back(settings, reading="9/min")

    client.get("/api/v2/pages/", REMOTE_ADDR="203.0.113.7")

    kept = repr(cache._cache)
    assert "throttle_reading_" in kept
    assert "203.0.113" not in kept


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, ["10.0.0.1", "10.0.0.2"], [200, 429]),  # anyone can write such a header: it does not count
        (1, ["6.6.6.6, 10.0.0.1", "6.6.6.7, 10.0.0.1"], [200, 429]),
        (1, ["10.0.0.1", "10.0.0.2"], [200, 200]),
        (2, ["10.0.0.1, 192.0.2.1", "10.0.0.2, 192.0.2.1"], [200, 200]),
        (1, ["", "\x01 nonsense"], [200, 200]),
    ],
)
def test_proxies_of_ours_are_looked_through(client, home, settings, proxies, forwarded, expected):
    hold_back(settings, reading="1/min")
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}

    found = [client.get("/api/v2/pages/", HTTP_X_FORWARDED_FOR=value).status_code for value in forwarded]

    assert found == expected


def test_a_count_begins_anew_once_its_time_is_over(monkeypatch):
    cache.clear()
    now = 1000.0
    monkeypatch.setattr("time.time", lambda: now)
    throttle = Throttle("scope", "somebody", most=2, seconds=60)

    assert [throttle.allows_one_more() for _ in range(3)] == [True, True, False]
    assert (throttle.is_full, throttle.seconds_to_wait()) == (True, 60)
    now += 59.5
    assert not throttle.allows_one_more()
    assert throttle.seconds_to_wait() == 1
    now += 1
    assert not throttle.is_full
    assert throttle.allows_one_more()


def test_sources_and_scopes_are_counted_apart():
    cache.clear()
    full = Throttle("scope", "somebody", most=1, seconds=60)
    full.count()
    assert full.is_full
    assert not Throttle("scope", "someone else", most=1, seconds=60).is_full
    assert not Throttle("another", "somebody", most=1, seconds=60).is_full


@pytest.mark.parametrize(
    ("rate", "parsed"), [("30/hour", (30, 3600)), ("5/s", (5, 1)), ("60/min", (60, 60)), ("2/d", (2, 86400))]
)
def test_a_rate_is_so_many_in_so_many_seconds(rate, parsed):
    assert parse_rate(rate) == parsed


@pytest.mark.parametrize(("written", "rate"), [("30/hour", "30/hour"), ("5/s", "5/s"), ("", None)])
def test_a_rate_is_read_as_it_is_written(written, rate):
    assert throttle_rates(sending=written) == {"sending": rate}


@pytest.mark.parametrize(
    "written", ["lots", "30", "30/", "/hour", "-1/hour", "30/hour\n", "3e9/min", "1/mins"]
)
def test_a_rate_that_is_none_stops_the_start_and_is_named(written):
    with pytest.raises(ImproperlyConfigured, match="API_THROTTLE_SENDING"):
        throttle_rates(reading="1/s", sending=written)
