"""The description of the API: valid, whole, and served as any other answer."""

import pytest
from django.urls import URLPattern
from openapi_spec_validator import validate

from config.api import api_router
from core.content_api.description.openapi import document
from home.blocks import FrontPageStoryBlock
from home.models import HomePage
from tests.api.contract import Contract


@pytest.fixture(scope="module")
def contract():
    return Contract()


def test_the_description_is_valid_openapi():
    described = document()

    validate(described)
    assert described["openapi"] == "3.1.0"


def test_it_is_made_without_a_query(django_assert_num_queries, db):
    document.cache_clear()
    with django_assert_num_queries(0):
        document()


def test_no_endpoint_is_missing():
    served = set()
    for name, endpoint in api_router._endpoints.items():
        for pattern in endpoint.get_urlpatterns():
            assert isinstance(pattern, URLPattern)
            route = str(pattern.pattern).replace("<int:", "<").replace("<slug:", "<").replace("<str:", "<")
            methods = set(pattern.callback.cls.http_method_names) & {"get", "post", "put", "patch", "delete"}
            served |= {(f"/{name}/{route.replace('<', '{').replace('>', '}')}", method) for method in methods}

    described = {(path, method) for path, methods in document()["paths"].items() for method in methods}

    assert described - served == {("/", "get"), ("/openapi.json", "get")}
    assert served - described == set()


def test_each_name_is_one_that_a_reader_would_choose():
    described = document()
    operations = [told for methods in described["paths"].values() for told in methods.values()]
    keys = [told["operationId"] for told in operations]
    names = list(described["components"]["schemas"])

    assert len(set(keys)) == len(keys)
    assert {"findPage", "listTherapies", "getSite", "suggestTherapists"} <= set(keys)
    assert [name for name in names if "__" in name or not name[0].isupper()] == []


def test_every_page_type_and_block_has_a_shape_of_its_own():
    schemas = document()["components"]["schemas"]

    assert "home.HomePage" in schemas["Page"]["discriminator"]["mapping"]
    assert schemas["FoundPage"]["discriminator"]["mapping"]["redirect"] == "#/components/schemas/Moved"
    assert set(schemas["FrontPageStoryBlock"]["discriminator"]["mapping"]) == set(
        FrontPageStoryBlock.base_blocks
    )
    assert schemas["HomePage"]["properties"]["type"]["const"] == HomePage._meta.label
    assert set(schemas["HomePage"]["required"]) == set(schemas["HomePage"]["properties"])
    assert schemas["HomePageRow"]["required"] == ["id", "type", "meta", "title"]


def test_rows_have_what_their_list_usually_gives(read, home, fees):
    """A client that chooses no fields need not ask whether they are there."""
    described = document()
    for path, methods in described["paths"].items():
        parameters = {one["name"]: one for one in methods.get("get", {}).get("parameters", ())}
        keys = parameters.get("fields", {}).get("schema", {}).get("items", {}).get("enum", ())
        assert {"_", "-title", "-type", "-id"}.isdisjoint(keys), path
    schemas = described["components"]["schemas"]
    required = set(schemas["TherapyRow"]["required"])

    assert {"title", "summary", "abbreviation", "family"} <= required
    assert {"body", "facts"} & required == set()
    assert {"html_url", "slug"} <= set(schemas["PageRowMeta"]["required"])
    for row in read("pages/")["items"]:
        assert set(row) == set(schemas["HomePageRow"]["required"])
        assert set(row["meta"]) == set(schemas["PageRowMeta"]["required"])


def test_it_says_who_needs_a_token():
    described = document()
    asking = {
        told["operationId"]: [name for scheme in told["security"] for name in scheme]
        for methods in described["paths"].values()
        for told in methods.values()
        if "security" in told
    }

    assert described["security"] == []
    assert asking["previewPage"] == ["previewToken", "previewTokenInQuery"]
    assert asking.pop("previewPage") and set(map(tuple, asking.values())) == {("privateToken",)}
    assert "eraseEnquiry" in asking


def test_readers_are_told_what_things_are():
    schemas = document()["components"]["schemas"]

    assert schemas["Weekday"]["description"].endswith("`5`: Saturday; `6`: Sunday")
    assert schemas["TherapyPage"]["description"].startswith("A therapy: an article, and the facts")
    assert schemas["CalloutBlock"]["description"] == "A panel for something worth knowing, or a caution"
    assert "description" not in schemas["Document"]  # Django would list every field of the model


def test_it_is_served_as_any_other_answer(client, home, contract):
    first = client.get("/api/v2/openapi.json")
    second = client.get("/api/v2/openapi.json", headers={"if-none-match": first["ETag"]})

    assert first.json()["paths"].keys() == document()["paths"].keys()
    assert first["Cache-Control"].startswith("public")
    assert second.status_code == 304
    assert contract.faults("/api/v2/openapi.json", first) == []


def test_the_root_says_what_there_is(client, home, contract):
    response = client.get("/api/v2/")
    answer = response.json()

    assert "http://testserver/api/v2/therapies/" in [endpoint["address"] for endpoint in answer["endpoints"]]
    assert client.get(answer["openapi"]).status_code == 200
    assert client.get(answer["reference"]).status_code == 200
    assert contract.faults("/api/v2/", response) == []


@pytest.mark.parametrize("address", ["pages/", "pages/find/?html_path=/"])
def test_an_answer_always_says_what_it_is(read, home, address):
    joint = "&" if "?" in address else "?"
    answer = read(f"{address}{joint}fields=_")
    [row] = answer.get("items", [answer])

    assert row == {"id": home.pk, "type": "home.HomePage", "meta": {}}


def test_what_is_not_described_is_a_fault(contract):
    schema = {"$ref": "#/components/schemas/PageReference"}
    card = {"summary": "", "picture": None}
    reference = {"id": 1, "type": "home.HomePage", "title": "Home", "url": "http://testserver/", **card}

    assert contract.fault(schema, reference) == ""
    assert "more" in contract.fault(schema, {**reference, "more": 1})
    assert "url" in contract.fault(schema, {**reference, "url": None})
