"""One request id through web, jobs and mail, in lines that tell of no person."""

import logging
import uuid

import pytest
from django.conf import settings as our_settings
from django.db import DatabaseError, connection

from core.logs import request_ids
from core.logs.redaction import HideQueries
from tests.factories.home import make_site
from tests.log_lines import log_lines

PROXYS = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def proxies(settings):
    def stand_in_front(number: int) -> None:
        settings.REST_FRAMEWORK = our_settings.REST_FRAMEWORK | {"NUM_PROXIES": number}

    return stand_in_front


def test_the_id_of_our_proxy_is_taken_over_and_that_of_a_stranger_is_not(client, proxies):
    for given, behind, is_taken in (
        (PROXYS, 1, True),
        (str(uuid.UUID(PROXYS)), 1, True),
        (PROXYS, 0, False),
        ("sam@example.org", 1, False),
        (PROXYS + "0", 1, False),
        (f"{PROXYS}\nforged", 1, False),
        ("", 1, False),
    ):
        proxies(behind)
        answer = client.get("/healthz", headers={"x-request-id": given})
        assert (answer["X-Request-ID"] == given) is is_taken, given
        assert uuid.UUID(answer["X-Request-ID"])
    assert request_ids.current() == ""


def test_each_request_is_a_line_that_names_its_view_and_not_its_address(client, db, search_index, proxies):
    proxies(1)
    make_site()
    with log_lines() as kept:
        client.get("/search/?query=canary", headers={"x-request-id": PROXYS})
        client.get("/enquiries/status/canary/", headers={"x-request-id": PROXYS})
    told = [line for line in kept.told() if line["logger"] == "core.middleware.request_id"]
    assert [(line["view"], line["method"], line["status"]) for line in told] == [
        ("search:search", "GET", 200),
        ("enquiries:status", "GET", 404),
    ]
    assert {line["request_id"] for line in kept.told()} == {PROXYS}
    assert "canary" not in kept.text


def test_an_exception_is_told_by_its_type_and_place(db):
    with log_lines() as kept:
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO auth_group (id, name) VALUES (1, 'canary'), (1, 'canary')")
        except DatabaseError:
            logging.getLogger("practice").exception(
                "It failed at /search/?query=canary and %s", "/a/?b=canary"
            )
    [line] = [line for line in kept.told() if line["logger"] == "practice"]
    assert line["message"] == "It failed at /search/?… and /a/?…"
    assert line["exception"] == "django.db.utils.IntegrityError from psycopg.errors.UniqueViolation 23505"
    assert "test_logs.py" in line["raised_at"][0]
    assert "canary" not in kept.text


def test_gunicorns_own_lines_go_the_same_way():
    """It would write the address of a request that failed, with its query."""
    logger = our_settings.LOGGING["loggers"]["gunicorn.error"]
    assert (logger["handlers"], logger["propagate"]) == (["console"], False)
    record = logging.makeLogRecord({"msg": "Error handling request %s", "args": ("/search/?query=canary",)})
    assert HideQueries().filter(record)
    assert record.getMessage() == "Error handling request /search/?…"
