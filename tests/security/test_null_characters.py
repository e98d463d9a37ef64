"""NUL in an address: no database and no file system has it, and no view may fail on it."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import get_resolver

from tests.factories.home import PracticeImageFactory, make_site
from tests.factories.secrets import DocumentFactory
from tests.factories.therapies import TherapyIndexPageFactory, TherapyPageFactory
from tests.factories.therapists import TherapistIndexPageFactory, TherapistPageFactory
from tests.security.doors import routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]

PARAMETER = re.compile(r"<[^<>]+>|\(\?P<\w+>[^)]*\)")
ADMIN_LISTS = [
    "", "collections/", "documents/", "documents/chooser/", "enquiries/", "images/", "images/chooser/",
    "pages/", "redirects/", "reports/locked/", "reports/site-history/", "search/", "snippets/", "users/",
    "choose-page/", "choose-page/search/", "tag-autocomplete/", "api/main/images/", "api/main/pages/",
]  # fmt: skip
PUBLIC_PAGES = ["", "search/", "therapists/", "therapies/", "documents/1/a.pdf", "sitemap.xml"]
NAMES = [
    "collection_id", "concern", "format", "locale", "next", "ordering", "p", "page", "page_type", "q",
    "query", "search", "t", "tag", "term", "token", "user",
]  # fmt: skip
EVERY_NAME = "&".join(f"{name}=a%00b" for name in NAMES)


@pytest.fixture(scope="module")
def stored_practice(module_database):
    home = make_site()
    index = TherapyIndexPageFactory(parent=home, slug="therapies")
    TherapyPageFactory(parent=index, slug="ipt", abbreviation="IPT")
    TherapistPageFactory(parent=TherapistIndexPageFactory(parent=home))
    PracticeImageFactory()
    DocumentFactory()
    User.objects.create_superuser("admin")


@pytest.fixture
def practice(stored_practice, client):
    client.force_login(User.objects.get(username="admin"))
    client.raise_request_exception = False


def addresses_with_nul():
    """Each route with NUL in the place of each of its parameters, and 1 in that of the others."""
    for route in routes(get_resolver().url_patterns):
        words = re.split(PARAMETER, re.sub(r"[\^$\\]", "", route))
        for place in range(1, len(words)):
            yield "/" + "1".join(words[:place]) + "a%00b" + "1".join(words[place:])


def test_no_route_takes_nul_in_its_path(client, practice):
    addresses = sorted({*addresses_with_nul()})
    assert len(addresses) > 200
    statuses = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in statuses.items() if status not in (301, 404)} == {}


@pytest.mark.parametrize(
    "address", ["comparisons/%00-vs-ipt/", "comparisons/a%00b-vs-ipt/", "therapies/%00/", "a%00b/"]
)
def test_the_api_says_so_in_its_own_way(client, practice, address):
    answer = client.get(f"/api/v2/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("place", ADMIN_LISTS)
@pytest.mark.parametrize("query", [EVERY_NAME, "q=%00"])
def test_no_list_of_the_admin_fails_on_nul_in_its_query(client, practice, place, query):
    assert client.get(f"/admin/{place}?{query}").status_code < 500


@pytest.mark.parametrize("place", PUBLIC_PAGES)
@pytest.mark.parametrize("query", [EVERY_NAME, "%00=1"])
def test_no_page_fails_on_nul_in_its_query(client, practice, place, query):
    assert client.get(f"/{place}?{query}").status_code < 500
