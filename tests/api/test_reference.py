"""The description of the API as pages to read."""

import re

import pytest

from core.content_api.description.openapi import document
from core.content_api.reference.reading import in_words, operations, shape, spoken

DOCS = "/api/v2/docs/"


def said(schema):
    return "".join(word.text for word in in_words(schema))


@pytest.fixture
def page(client, home):
    def get(address, status=200):
        response = client.get(DOCS + address)
        assert response.status_code == status
        return response.content.decode()

    return get


def test_the_overview_leads_to_every_operation_and_shape(page):
    overview = page("")

    for told in operations(document()):
        assert f'href="{DOCS}operations/{told.key}/"' in overview
    for name in document()["components"]["schemas"]:
        assert f'href="{DOCS}shapes/{name}/"' in overview


OPERATIONS = ["findPage", "listTherapies", "compareTherapies", "getIndex"]
OPERATIONS += ["suggestTherapists", "sendEnquiry", "eraseEnquiry"]


@pytest.mark.parametrize("key", OPERATIONS)
def test_an_operation_says_what_it_takes_and_answers(page, key):
    told = next(told for told in operations(document()) if told.key == key)
    text = page(f"operations/{key}/")

    assert f"<code>/api/v2{told.path}</code>" in text
    assert "`" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    for parameter in told.parameters:
        assert f"<code>{parameter.name}</code>" in text
    for answer in told.answers:
        assert f"<b>{answer.status}</b> {answer.phrase}" in text


def test_what_needs_a_token_says_so_and_is_no_link(page):
    text = page("operations/getEnquiryStatus/")

    assert "<code>Authorization: Bearer …</code>" in text
    assert "See what it answers" not in text
    assert "What opens it" not in page("operations/getSite/")


@pytest.mark.parametrize(
    "name", ["TherapyPage", "TherapyStoryBlock", "CalloutValue", "Language", "MatchingAnswers"]
)
def test_a_shape_says_what_it_holds(page, name):
    schema = document()["components"]["schemas"][name]
    text = page(f"shapes/{name}/")

    for member in [*schema.get("properties", {}), *schema.get("enum", [])]:
        assert f"<code>{member}</code>" in text
    for other in shape(document(), name).used_in:
        assert f'href="{DOCS}shapes/{other}/"' in text


def test_whatever_is_not_described_is_not_there(page):
    page("operations/dropTables/", status=404)
    page("shapes/Nothing/", status=404)


def test_what_is_said_of_types():
    assert said({"type": "array", "items": {"$ref": "#/components/schemas/Fact"}}) == "list of Fact"
    assert (
        said({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}) == "string (date) or null"
    )
    assert said({"type": "array", "items": {"enum": ["a", "b"]}}) == "any of "
    assert said({"type": "object", "additionalProperties": {"type": "integer"}}) == "object, by name: integer"
    assert said({}) == "anything"
    assert [(word.text, word.is_code) for word in spoken("See `seo`.")] == [
        ("See ", False),
        ("seo", True),
        (".", False),
    ]


def test_samples_are_answered(client, home):
    """Each page of an operation leads to a real answer where nothing must be known to ask for it."""
    samples = {told.key: told.sample for told in operations(document())}

    assert samples["findPage"] == "/pages/find/?html_path=%2Ftherapies%2F"
    assert samples["getPage"] is None
    assert samples["compareTherapies"] == "/comparisons/dit-vs-ipt/"
    assert {client.get(f"/api/v2{sample}").status_code for sample in samples.values() if sample} <= {200, 404}
