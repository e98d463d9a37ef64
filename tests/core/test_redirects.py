"""An address that was once given out goes on leading to its page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, InfoPage
from tests.factories.home import InfoPageFactory, make_site
from tests.factories.therapies import ComparisonPageFactory, TherapyIndexPageFactory, TherapyPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client: Client) -> Callable[..., Any]:
    """GET below `/api/v2/`, and the answer's JSON."""

    def read(address: str, status: int = HTTPStatus.OK) -> Any:
        response = client.get(f"/api/v2/{address}")
        assert response.status_code == status, response.content
        return response.json()

    return read


Rename = Callable[[Page, str], None]


@pytest.fixture
def home() -> HomePage:
    return make_site()


def leads_to(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    return response.headers["Location"].removeprefix("http://testserver")


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Rename:
    """Redirects are written once the change is stored for good."""

    def rename(page: Page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


@pytest.mark.guide("Rename or move a page as you like: its old address leads to the new one by itself.")
def test_renamed_page_is_found_at_its_old_address_and_so_is_what_is_below(
    client: Client, home: HomePage, rename: Rename
) -> None:
    about = InfoPageFactory(parent=home, slug="about")
    InfoPageFactory(parent=about, slug="fees")
    rename(about, "about-us")
    assert leads_to(client, "/about/") == "/about-us/"
    assert leads_to(client, "/about/fees/") == "/about-us/fees/"


def test_page_renamed_twice_is_found_in_one_step(client: Client, home: HomePage, rename: Rename) -> None:
    page = InfoPageFactory(parent=home, slug="one")
    rename(page, "two")
    rename(page, "three")
    assert leads_to(client, "/one/") == "/three/"
    assert leads_to(client, "/two/") == "/three/"


def test_renaming_a_comparison_keeps_the_redirects_of_other_pages(
    client: Client, home: HomePage, rename: Rename
) -> None:
    """Its own address is made of its therapies' names: it stays, and nothing needs a redirect."""
    fees, list_of_therapies = InfoPageFactory(parent=home, slug="fees"), TherapyIndexPageFactory(parent=home)
    one, other = (TherapyPageFactory(parent=list_of_therapies, slug=slug) for slug in ("one", "other"))
    comparison = ComparisonPageFactory(parent=list_of_therapies, first=one, second=other)
    rename(fees, "prices")
    rename(comparison, "renamed")
    assert leads_to(client, "/fees/") == "/prices/"
    assert client.get("/therapies/compare/one-vs-other/").status_code == HTTPStatus.OK


@pytest.mark.guide("Rename or move a page as you like: its old address leads to the new one by itself.")
def test_moved_page_is_found_at_its_old_address(client: Client, home: HomePage) -> None:
    about = InfoPageFactory(parent=home, slug="about")
    fees = InfoPageFactory(parent=home, slug="fees")
    fees.move(about, pos="last-child")
    assert leads_to(client, "/fees/") == "/about/fees/"


def is_hidden(page: InfoPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def is_a_draft(page: InfoPage) -> None:
    page.unpublish()


@pytest.mark.parametrize("happens", [is_hidden, is_a_draft])
def test_no_redirect_leads_to_a_page_that_is_not_public(
    client: Client, home: HomePage, happens: Callable[[InfoPage], None]
) -> None:
    """The address of a page may be somebody's name: an old address does not give it away."""
    page = InfoPageFactory(parent=home, slug="somebody")
    Redirect.add_redirect("/old", redirect_to=page)
    assert leads_to(client, "/old/") == "/somebody/"
    happens(page)
    response = client.get("/old/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "somebody" not in response.content.decode()


@pytest.mark.parametrize(
    ("asked_for", "location"),
    [
        ("/old/?utm_source=a&utm_source=b", "/fees/?utm_source=a&utm_source=b"),
        ("/old?q=caf%C3%A9", "/fees/?q=caf%C3%A9"),
        ("/old/?page=2", "/fees/"),  # a redirect of its own
        ("/prices/?size=m", "/fees/?from=prices&size=m"),
        ("/shop/?concern=grief", "https://shop.example/"),  # no other host hears what someone looks for
        ("/%E2%82%AC/?a=b", "/fees/?a=b"),
    ],
)
def test_the_query_goes_on(
    client: Client, home: HomePage, read: Callable[..., Any], asked_for: str, location: str
) -> None:
    fees = InfoPageFactory(parent=home, slug="fees")
    Redirect.add_redirect("/old", redirect_to=fees)
    Redirect.add_redirect("/old?page=2", redirect_to=fees)
    Redirect.add_redirect("/€", redirect_to=fees)
    Redirect.add_redirect("/prices", redirect_to="http://testserver/fees/?from=prices")
    Redirect.add_redirect("/shop", redirect_to="https://shop.example/")

    assert leads_to(client, asked_for) == location
    told = read(f"pages/find/?{urlencode({'html_path': asked_for})}")["redirect"]["location"]
    assert told.removeprefix("http://testserver") == location


def test_a_route_below_a_page_is_led_to_where_there_is_one(
    client: Client, home: HomePage, read: Callable[..., Any]
) -> None:
    index = TherapyIndexPageFactory(parent=home)
    Redirect.add_redirect("/against", redirect_to=index, page_route_path="/compare/")
    Redirect.add_redirect("/gone", redirect_to=index, page_route_path="/nothing-here/at/all/")

    assert leads_to(client, "/against/") == "/therapies/compare/"
    assert leads_to(client, "/gone/") == "/therapies/"
    assert {row["old_path"]: row["location"] for row in read("redirects/")["items"]} == {
        "/against": "http://testserver/therapies/compare/",
        "/gone": "http://testserver/therapies/",
    }


def test_one_of_this_site_precedes_one_of_every_site(client: Client, home: HomePage) -> None:
    here, everywhere = (InfoPageFactory(parent=home, slug=slug) for slug in ("here", "everywhere"))
    Redirect.add_redirect("/old", redirect_to=everywhere)
    Redirect.add_redirect("/old", redirect_to=here, site=home.get_site())

    assert leads_to(client, "/old/") == "/here/"


@pytest.mark.parametrize("link", ["/round", "/round/", "http://testserver/round", "http://testserver/round/"])
def test_none_leads_to_itself(client: Client, home: HomePage, read: Callable[..., Any], link: str) -> None:
    Redirect.add_redirect("/round", redirect_to=link)

    assert client.get("/round/").status_code == HTTPStatus.NOT_FOUND
    assert read("redirects/")["items"] == []
    read("redirects/find/?html_path=/round", status=404)


def test_an_address_that_has_a_page_again_is_no_old_address(
    client: Client, home: HomePage, rename: Rename, read: Callable[..., Any]
) -> None:
    page = InfoPageFactory(parent=home, slug="one")
    rename(page, "two")
    rename(page, "one")
    other = InfoPageFactory(parent=home, slug="other")
    Redirect.add_redirect("/", redirect_to=other)

    assert client.get("/one/").status_code == HTTPStatus.OK
    assert [row["old_path"] for row in read("redirects/")["items"]] == ["/two"]
    assert [row["old_path"] for row in read("redirects/?old_path=/two")["items"]] == ["/two"]
    for path in ("/one", "/"):
        read(f"redirects/find/?html_path={path}", status=404)


@pytest.mark.parametrize("address", ["/%00/", "/a%00b/?c=%00", "/%5B::1/", "/" + "x" * 300 + "/"])
def test_an_address_that_can_be_none_leads_nowhere(client: Client, home: HomePage, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
