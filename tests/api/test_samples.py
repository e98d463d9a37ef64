"""Each operation of the description has a sample answer, and a line of curl that asks for it."""

import json
import re
import shlex
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from core.content_api.description.openapi import routes
from core.content_api.description.sample_answers import sample_answers
from tests.api.contract import Contract

OPERATIONS = {route.operation.operation_id: route for route in routes()}


@pytest.fixture(scope="module")
def contract():
    return Contract()


def test_each_operation_has_a_sample():
    missing = OPERATIONS.keys() - sample_answers().keys()
    assert missing == set(), "Name each in SAMPLES of tests/api/test_golden.py, and record it as said there"
    assert sample_answers().keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_a_sample_is_as_described(contract, operation_id):
    route = OPERATIONS[operation_id]
    described = contract.operation(route.path, route.method)
    content = described["responses"][str(route.operation.status)].get("content", {})

    assert (route.operation.answer is None) == (content == {})
    for media_type in content.values():
        assert media_type["example"] == sample_answers()[operation_id].answer
        assert contract.fault(media_type["schema"], media_type["example"]) == ""


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_a_line_of_curl_asks_for_the_operation(contract, operation_id):
    route = OPERATIONS[operation_id]
    description = contract.operation(route.path, route.method)["description"]
    [line] = re.findall(r"^```sh\n(curl .+)\n```$", description, re.M)
    _curl, url, *options = shlex.split(line)
    path = urlsplit(url).path.removeprefix("/api/v2")

    assert url.startswith("http://localhost:8000/api/v2/")
    assert contract.template(path) == route.path
    assert ("-d" in options) == (route.method == "post")
    assert ("-X" in options) == (route.method == "delete")
    headers = dict(word.split(": ", 1) for option, word in pairwise(options) if option == "-H")
    assert ("Authorization" in headers) == bool(route.operation.security)
    for parameter in route.operation.parameters:
        if parameter.is_required and parameter.location == "query":
            assert f"{parameter.name}=" in url
        if parameter.is_required and parameter.location == "header":
            assert parameter.name in headers
    if "-d" in options:
        json.loads(options[options.index("-d") + 1])
