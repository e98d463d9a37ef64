"""When the database is away, every answer of the API says so, and when to come back."""

import logging
import uuid
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.db import InterfaceError, OperationalError, connection

from core.content_api.description.openapi import document
from core.preview.tokens import issue
from tests.api.contract import Contract
from therapists.enquiries.signed_links import Purpose, token

#: What the code alone answers.
ASK_NOTHING = {"getIndex", "getDescription", "listProblems", "getProblem"}


@contextmanager
def database_away(error):
    def refuse(*args):
        raise error

    with connection.execute_wrapper(refuse):
        yield


def everything_described():
    for template, methods in document()["paths"].items():
        for method, told in methods.items():
            # Without a query the search has nothing to look for, nor without a path whatever finds a page.
            examples = {
                one["name"]: next(iter(one.get("examples", {"": {"value": 1}}).values()))["value"]
                for one in told["parameters"]
                if (one["required"] or one["name"] in ("query", "html_path")) and one["in"] != "header"
            }
            yield told["operationId"], method, template, examples, told


@pytest.mark.parametrize("error", [OperationalError("no route to 10.0.0.5"), InterfaceError("closed")])
def test_every_address_says_so(client, db, search_index, subtests, caplog, error):
    contract = Contract()
    for key, method, template, examples, told in everything_described():
        body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", {})
        query = urlencode({name: value for name, value in examples.items() if f"{{{name}}}" not in template})
        address = f"/api/v2{template.format(**examples)}" + (f"?{query}" if query else "")
        is_preview = key == "previewPage"
        bearer = issue("a-draft", "1") if is_preview else token(Purpose.STATUS, uuid.uuid4())
        headers = {"idempotency-key": str(uuid.uuid4()), "authorization": f"Bearer {bearer}"}
        sent = {} if method == "get" else {"data": body, "content_type": "application/json"}
        with subtests.test(key), database_away(error):
            response = getattr(client, method)(address, headers=headers, **sent)
            assert response.status_code == (200 if key in ASK_NOTHING else 503)
            assert contract.faults(address, response, method) == []
            if key not in ASK_NOTHING:
                assert response.json()["key"] == "service-unavailable"
                assert response["Retry-After"] == "120"
                assert response["Cache-Control"] == "no-store"
                assert "10.0.0.5" not in response.content.decode()
    assert "The database did not answer" in caplog.text


@pytest.mark.parametrize("address", ["nothing/", "problems/zzz/"])
def test_what_is_nowhere_is_still_nowhere(client, db, address):
    with database_away(OperationalError("closed")):
        response = client.get(f"/api/v2/{address}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_what_is_wrong_with_us_is_still_told_apart(client, home, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    client.raise_request_exception = False

    def fail(*args):
        raise ValueError

    monkeypatch.setattr("home.api.site.SiteAPIView._navigation", fail)

    assert client.get("/api/v2/site/").json()["key"] == "server-error"
