"""The front end that the guide of the API begins with, as someone would run it against the demo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from new_practice.loading.fixed_pages import set_site_address
from tests.api.starter import NODE, running_starter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(NODE is None, reason="Node is not installed."),
]


@pytest.fixture
def front_end(site_url: str, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[str]:
    """The address that it says to open."""
    with django_db_blocker.unblock():
        set_site_address(site_url)
    with running_starter(f"{site_url}/api/v2", tmp_path) as address:
        yield address


def test_the_front_end_of_the_guide_shows_the_demo(page: Page, front_end: str) -> None:
    page.goto(front_end)

    expect(page.get_by_role("heading", level=1)).to_have_text("Interpersonal therapy")
    expect(page.get_by_role("heading", name="What it is")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Therapists", exact=True).click()
    page.get_by_role("link", name="Amara Okafor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amara Okafor")
    assert page.url == front_end.replace("/therapies/interpersonal-therapy/", "/therapists/amara-okafor/")
