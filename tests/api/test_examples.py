"""Whoever copies an example out of the description gets an answer, and no 400."""

import json
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from core.content_api.description.openapi import document
from tests.api.contract import START, Contract
from therapists.matching.form import ticket

pytestmark = pytest.mark.usefixtures("demo_site", "db")


@pytest.fixture(autouse=True)
def _tickets_are_old_enough(monkeypatch):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))


def operations():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def examples_of(parameter):
    return [example["value"] for example in parameter.get("examples", {}).values()]


def requests():
    """Each example once, with the first one of every parameter that must be there beside it."""
    for path, method, operation in operations():
        parameters = operation["parameters"]
        # A path or an id finds a page, so neither alone must be there.
        needed = {
            one["name"]: (one, examples_of(one)[:1])
            for one in parameters
            if one["required"] or one["name"] == "html_path"
        }
        for parameter in parameters:
            for value in examples_of(parameter):
                if all(values for name, (_one, values) in needed.items() if name != parameter["name"]):
                    chosen = needed | {parameter["name"]: (parameter, [value])}
                    yield path, method, operation, [(one, values[0]) for one, values in chosen.values()]


REQUESTS = list(requests())


@pytest.mark.parametrize(
    ("path", "method", "operation", "chosen"),
    REQUESTS,
    ids=[f"{one[2]['operationId']}-{number}" for number, one in enumerate(REQUESTS)],
)
def test_every_example_of_a_parameter_is_answered(client, path, method, operation, chosen):
    placed = {"path": [], "query": [], "header": []}
    for parameter, value in chosen:
        placed[parameter["in"]].append((parameter["name"], value))
    for name, value in placed["path"]:
        path = path.replace(f"{{{name}}}", str(value))
    query = urlencode(placed["query"], doseq=True)  # a list as `explode` says
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", "")

    response = client.generic(
        method,
        f"{START}{path}?{query}",
        filled_in(body, client) if body else "",
        "application/json",
        headers=dict(placed["header"]),
    )

    needs_token = bool(operation.get("security"))
    nothing_there = operation["operationId"] in ("findRedirect",)
    assert response.status_code == (401 if needs_token else 404 if nothing_there else usual(operation))


@pytest.mark.parametrize("key", ["sendEnquiry", "suggestTherapists"])
def test_the_bodies_are_answers_to_the_form(client, key):
    [(path, method, operation)] = [one for one in operations() if one[2]["operationId"] == key]
    example = operation["requestBody"]["content"]["application/json"]["example"]
    headers = {"Idempotency-Key": "7c9e6679-7425-40de-944b-e07fc1f90ae8"} if key == "sendEnquiry" else {}

    response = client.generic(
        method, f"{START}{path}", filled_in(example, client), "application/json", headers=headers
    )

    assert response.status_code == usual(operation), response.content


def test_every_example_of_a_body_is_as_described():
    contract = Contract()
    for path, _method, operation in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert contract.fault(content["schema"], content["example"]) == "", path


def filled_in(body, client):
    """The body with what each opening of the form gives in place of what stands for it."""
    form = client.get("/api/v2/matching/").json()
    given = {"<ticket>": form["ticket"], "<consent version>": form["consent"]["version"]}
    return re.sub("<[a-z ]+>", lambda place: given[place[0]], json.dumps(body))


def usual(operation):
    return int(next(iter(operation["responses"])))
