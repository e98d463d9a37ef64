"""Parameters are checked by their declared types before an endpoint sees them."""

from typing import Annotated, Literal
from uuid import UUID

import pytest
from annotated_types import Ge, Le, MaxLen

from core.content_api.description.openapi import document
from core.content_api.parameters import GREATEST, Parameter
from tests.api.openings import ROWS, TrustingAPIView, endpoint_of_the_readme, served

pytestmark = pytest.mark.django_db

WRONG = ["abc", "", "-1", "1.5", "1e2", "9" * 30, "9" * 5000, "%00", "1%00", "1,2", "1&limit=2", "x" * 4000]


@pytest.fixture(params=[endpoint_of_the_readme(), TrustingAPIView], ids=["readme", "trusting"])
def openings(request, client):
    client.raise_request_exception = False
    with served(request.param):
        yield lambda query="": client.get(f"/api/v2/openings/{query}")


@pytest.mark.parametrize("value", WRONG)
def test_what_does_not_fit_is_refused(openings, value):
    response = openings(f"?limit={value}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["key"] == "invalid-parameter"
    assert list(response.json()["errors"]) == ["limit"]


def test_what_fits_is_the_value(openings):
    assert len(openings().json()) == 10
    assert len(openings("?limit=3").json()) == 3


def test_the_example_of_the_readme_has_the_bounds_that_it_declares(client):
    with served(endpoint_of_the_readme()):
        [parameter] = document()["paths"]["/openings/"]["get"]["parameters"]
        problem = client.get("/api/v2/openings/?limit=51").json()

    assert parameter["schema"] == {"default": 10, "maximum": 50, "minimum": 1, "type": "integer"}
    assert problem["errors"] == {"limit": ["Give a whole number from 1 to 50."]}
    assert len(ROWS) > 51


def test_a_number_without_bounds_has_those_of_the_database(client):
    with served(TrustingAPIView):
        operation = document()["paths"]["/openings/"]["get"]

    assert operation["parameters"][0]["schema"] == {"maximum": GREATEST, "minimum": 0, "type": "integer"}
    assert "400" in operation["responses"]  # although the endpoint names no problem


def test_a_method_that_is_not_there_is_refused_before_its_parameters(openings, client):
    assert client.post("/api/v2/openings/?limit=abc").status_code == 405
    assert client.options("/api/v2/openings/?limit=abc").status_code == 200


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        (int, "12", 12),
        (float, "1.5", 1.5),
        (str, "", ""),
        (list[str], "a,,b", ["a", "b"]),
        (list[int], "1,2", [1, 2]),
        (list[int], "", []),
        (Literal["and", "or"], "or", "or"),
        (UUID, "7c9e6679-7425-40de-944b-e07fc1f90ae7", UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")),
    ],
)
def test_values(annotation, text, value):
    assert Parameter("name", annotation).parse([text]) == value


@pytest.mark.parametrize("texts", [["1,2,3"], ["1", "2", "3"], ["1,2", "3"], ["1", "", "2,,3", ","]])
def test_a_list_is_sent_with_commas_or_one_by_one(texts):
    assert Parameter("name", list[int]).parse(texts) == [1, 2, 3]


@pytest.mark.parametrize(
    ("annotation", "texts", "message"),
    [
        (int, ["-1"], f"Give a whole number from 0 to {GREATEST}."),
        (Annotated[int, Ge(-5)], ["x"], f"Give a whole number from -5 to {GREATEST}."),
        (Annotated[int, Le(5)], ["6"], "Give a whole number from 0 to 5."),
        (list[int], ["1,-2"], f"Give a whole number from 0 to {GREATEST}."),
        (Literal["and", "or"], ["not"], "Choose among: and, or."),
        (list[Literal["a", "b"]], ["a,c"], "Choose among: a, b."),
        (Annotated[str, MaxLen(3)], ["four"], "Give at most 3 letters."),
        (float, ["nan"], "Input should be a finite number"),
        (float, ["1e400"], "Input should be a finite number"),
        (str, ["a\0"], "This contains a character that no text has."),
        (str, ["a", "b"], "Send this once."),
        (list[str], ["a", "b\0"], "This contains a character that no text has."),
        (list[Literal["a", "b"]], ["a", "c"], "Choose among: a, b."),
        (str, [], "This is required."),
    ],
)
def test_messages(annotation, texts, message):
    with pytest.raises(ValueError) as refused:
        Parameter("name", annotation, is_required=True).parse(texts)

    assert str(refused.value) == message


def test_a_message_of_its_own():
    with pytest.raises(ValueError, match=r"Give a path\."):
        Parameter("path", str, is_required=True, message="Give a path.").parse([])


def test_what_is_not_sent_has_its_default():
    assert Parameter("limit", int, default=20).parse([]) == 20
    assert Parameter("locale", str).parse([]) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("therapists/?fee_max=60&fee_max=80", "fee_max"),
        ("therapists/?accepts_clients=true&accepts_clients=false", "accepts_clients"),
        ("pages/?locale=en-gb&locale=cy", "locale"),
        ("pages/?child_of=1&child_of=root", "child_of"),
        ("pages/?search=a&search=b", "search"),
        (
            "pages/?first_published_at_after=2020-01-01&first_published_at_after=2021-01-01",
            "first_published_at_after",
        ),
        ("images/?title=a&title=b", "title"),
        ("redirects/?old_path=/a&old_path=/b", "old_path"),
        ("pages/find/?html_path=/&html_path=/a/", "html_path"),
        ("search/?query=a&query=b", "query"),
        ("page_preview/?content_type=a&content_type=b&token=c", "content_type"),
        ("page_preview/?content_type=a&token=b&token=c", "token"),
    ],
)
def test_a_second_value_where_one_is_allowed_is_refused(client, address, name):
    problem = client.get(f"/api/v2/{address}").json()

    assert (problem["status"], problem["key"]) == (400, "invalid-parameter")
    assert problem["errors"] == {name: ["Send this once."]}


def test_lists_are_described_as_clients_send_them():
    """With each value by itself, as OpenAPI has it where nothing else is said."""
    described = document()["paths"]
    for path in described.values():
        for parameter in path.get("get", {}).get("parameters", ()):
            is_list = parameter["schema"].get("type") == "array"
            assert parameter.get("explode", False) is is_list, parameter["name"]
            assert parameter.get("style") == ("form" if is_list else None)
