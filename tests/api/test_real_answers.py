"""Every answer of the demo site is as the description of the API says, and holds nothing that it does not."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from config.api import api_router
from core.content_api.representation.page_types import page_type_labels
from core.content_api.viewsets import PublicViewSet
from tests.api.contract import Contract
from tests.browser.page_types import MATCHING, PUBLIC
from tests.factories.enquiries import make_matcher
from tests.therapists.matching.front_end import FrontEnd
from tests.throttling import hold_back
from therapies.models import ConcernPage
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, LegalHold
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept, offer_to_next, release, set_shortlist
from therapists.matching.form import ticket
from therapists.models import TherapistPage

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
    types = set(page_type_labels())
    assert types - pages.keys() == set(), "Give the sample practice one: see site/demo/content/README.md"
    addresses = {address.partition("?")[0] for address in [*PUBLIC.values(), MATCHING]}
    seen = {row["type"] for row in paths if row["path"] in addresses}
    assert types - seen == set(), "Name one in tests/browser/page_types.py, to have it looked at"
    for page in pages.values():
        assert check(f"pages/{page['id']}/") == page


@pytest.mark.parametrize("name", LISTS)
def test_every_list(check, client, name):
    for fields in ("fields=_", "fields=_,id", "fields=-type,-detail_url"):
        address = f"/api/v2/{name}/?limit=10&{fields}"
        assert Contract(fewer_fields=True).faults(address, client.get(address)) == []
    for fields in ("", "fields=*", "fields=*,-id"):
        rows = check(f"{name}/?limit=10&{fields}")["items"]
        assert rows or name in ("redirects", "documents"), "Give the sample practice one"
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


@pytest.fixture
def front_end(client, monkeypatch):
    monkeypatch.setattr(ticket, "LEAST_AGE", timedelta(0))
    return FrontEnd(client, SimpleNamespace(grief=ConcernPage.objects.published().first()))


def test_enquiries(front_end, contract, settings):
    address, key = "/api/v2/enquiries/", uuid.uuid4()
    answers = front_end.answers()
    hold_back(settings, sending="8/hour")
    tried = [
        (201, front_end.sends(answers, key)),
        (201, front_end.sends(answers, key)),
        (409, front_end.sends(answers | {"message": "Hello"}, key)),
        (200, front_end.sends({"adult": "no", "needs_help_today": "no"})),
        (400, front_end.sends(answers | {"email": "sam@", "age": 40})),
        (400, front_end.sends(answers, "1")),
        (400, front_end.sends([])),
        (413, front_end.sends(answers | {"message": "x" * 70_000})),
        (429, front_end.sends(answers, key)),
    ]
    for status, response in tried:
        assert response.status_code == status
        assert contract.faults(address, response, "post") == []


def test_where_an_enquiry_stands(client, front_end, contract):
    link = front_end.sends().json()["status"]
    enquiry = introduced(Enquiry.objects.get())
    bearer = {"authorization": f"Bearer {link['token']}"}

    def asks(status, method, place="", data=None, headers=bearer):
        sent = {} if data is None else {"data": data, "content_type": "application/json"}
        response = getattr(client, method)(f"{link['url']}{place}", headers=headers, **sent)
        assert response.status_code == status, response.content
        assert contract.faults(f"/api/v2/enquiries/status/{place}", response, method) == []
        return response

    asks(401, "get", headers={})
    proposed = asks(200, "get").json()["first_consultation"]["proposed"]
    asks(400, "post", "time/", {"time": "soon"})
    asks(200, "post", "time/", {"time": proposed[0]["id"]})
    asks(409, "post", "time/", {"time": proposed[0]["id"]})
    asks(409, "post", "running-late/", {})
    asks(409, "post", "outcome/", {"outcome": "met"})
    asks(400, "post", "outcome/", {"outcome": "perhaps"})
    asks(200, "post", "cannot-make-it/", {})
    asks(409, "post", "cannot-make-it/", {})
    asks(409, "post", "undo-withdrawal/", {})
    asks(200, "post", "withdraw/", {})
    asks(200, "post", "undo-withdrawal/", {})
    asks(200, "post", "withdraw/", {})
    asks(400, "delete")
    hold = LegalHold.objects.create(enquiry=enquiry, reason="A court asked.")
    asks(409, "delete", "?confirm=true")
    hold.delete()
    asks(204, "delete", "?confirm=true")
    asks(401, "get")


def introduced(enquiry):
    """With a time to choose, as the practice and a therapist would bring it there."""
    matcher = make_matcher("introducer")
    move(enquiry.pk, State.REVIEW, by=matcher)
    set_shortlist(enquiry.pk, TherapistPage.objects.published()[:1], by=matcher, reason="They fit.")
    accept(offer_to_next(enquiry.pk, by=matcher).pk)
    release(enquiry.pk, by=matcher)
    propose(enquiry.pk, [timezone.now() + timedelta(days=3)])
    return enquiry


def test_an_unchanged_answer(client, contract):
    first = client.get("/api/v2/site/")
    second = client.get("/api/v2/site/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
    assert contract.faults("/api/v2/site/", second) == []


def test_what_else_may_be_asked(client, contract):
    assert (
        contract.faults("/api/v2/site/", client.get("/api/v2/site/", headers={"accept": "text/html"})) == []
    )
