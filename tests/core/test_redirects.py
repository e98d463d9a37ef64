"""An address that was once given out goes on leading to its page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from home.models import HomePage, InfoPage
from tests.factories.home import InfoPageFactory, make_site

pytestmark = pytest.mark.django_db

Rename = Callable[[InfoPage, str], None]


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

    def rename(page: InfoPage, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


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


def test_moved_page_is_found_at_its_old_address(client: Client, home: HomePage) -> None:
    about = InfoPageFactory(parent=home, slug="about")
    fees = InfoPageFactory(parent=home, slug="fees")
    fees.move(about, pos="last-child")
    assert leads_to(client, "/fees/") == "/about/fees/"
