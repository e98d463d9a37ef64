"""Every answer of the demo site is as the description of the API says, and holds nothing that it does not."""

import pytest

from config.api import api_router
from home.api.viewsets import PublicViewSet
from tests.api.contract import Contract

pytestmark = pytest.mark.usefixtures("demo_site", "db")

LISTS = [name for name, endpoint in api_router._endpoints.items() if issubclass(endpoint, PublicViewSet)]
OTHERS = [
    "",
    "openapi.json",
    "site/",
    "paths/",
    "problems/",
    "problems/not-found/",
    "matching/",
    "search/?query=low+mood",
    "search/?query=zzzzqqq",
    "search/",
    "search/suggestions/?query=de",
    "comparisons/dit-vs-ipt/",
    "pages/find/?html_path=/nothing/",
    "pages/?colour=red",
    "pages/?limit=51",
    "pages/999999999/",
    "comparisons/dit-vs-zzz/",
    "problems/zzz/",
    "page_preview/",
    "page_preview/?content_type=home.infopage&token=made-up",
    "therapists/?format=video&fee_max=70&accepts_clients=true&fields=*",
]


@pytest.fixture(scope="module")
def contract():
    return Contract()


@pytest.fixture
def check(client, contract):
    def check(address):
        response = client.get(f"/api/v2/{address}")
        assert contract.faults(f"/api/v2/{address}", response) == []
        return response.json()

    return check


def test_every_page(check):
    paths = check("paths/")["items"]
    pages = {}
    for row in paths:
        page = pages[row["type"]] = check(f"pages/find/?html_path={row['path']}")
        assert page["type"] == row["type"]

    assert len(paths) > 40
    assert len(pages) == 10
    for page in pages.values():
        assert check(f"pages/{page['id']}/") == page


@pytest.mark.parametrize("name", LISTS)
def test_every_list(check, name):
    for fields in ("", "fields=*", "fields=_", "fields=*,-id", "fields=_,id"):
        rows = check(f"{name}/?limit=10&{fields}")["items"]
        assert rows or name in ("redirects", "documents")
    for row in rows[:3]:
        check(f"{name}/{row['id']}/")
        if name not in ("redirects",):
            check(f"{name}/find/?id={row['id']}")


def test_every_type_of_page_in_lists(check):
    for label in {row["type"] for row in check("paths/")["items"]}:
        assert {row["type"] for row in check(f"pages/?type={label}&fields=*&limit=50")["items"]} == {label}


@pytest.mark.parametrize("address", OTHERS)
def test_everything_else(check, address):
    check(address)


def test_every_comparison(check):
    names = [row["abbreviation"].lower() for row in check("therapies/")["items"] if row["abbreviation"]]
    for other in names[1:]:
        check(f"comparisons/{names[0]}-vs-{other}/")


def test_matching(client, contract):
    address = "/api/v2/matching/suggestions/"
    answers = {"adult": "yes", "needs_help_today": "no", "main_concern": "other", "formats": ["video"]}
    for body in (
        answers | {"client_group": "individual"},
        answers,
        {"adult": "no", "needs_help_today": "no"},
        [],
    ):
        response = client.post(address, body, content_type="application/json")
        assert contract.faults(address, response, "post") == []
    assert contract.faults(address, client.post(address, "x=1", content_type="text/plain"), "post") == []


def test_an_unchanged_answer(client, contract):
    first = client.get("/api/v2/site/")
    second = client.get("/api/v2/site/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
    assert contract.faults("/api/v2/site/", second) == []


def test_what_else_may_be_asked(client, contract):
    assert (
        contract.faults("/api/v2/site/", client.get("/api/v2/site/", headers={"accept": "text/html"})) == []
    )
