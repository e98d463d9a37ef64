"""The example front end, built from the demo content over the API. `make example` fetches what it needs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from demo.builder import stand_at
from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.example_site import SOURCE, BuiltSite, build, served

PAGES = {
    "home": "/",
    "article": "/therapies/interpersonal-therapy/",
    "concern": "/concerns/depression/",
    "comparison-with-article": "/therapies/compare/dit-vs-ipt/",
    "comparison-pair": "/therapies/compare/act-vs-cbt/",
    "therapies": "/therapies/",
    "concerns": "/concerns/",
    "directory": "/therapists/",
    "profile": "/therapists/amara-okafor/",
    "information": "/get-help-now/",
    "not-found": "/404.html",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (SOURCE / "node_modules").exists() or "PYTEST_XDIST_WORKER" in os.environ,
        reason="The example front end is built by `make example`, once and not by each worker.",
    ),
]


@pytest.fixture(scope="module")
def folder(
    site_url: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    with django_db_blocker.unblock():
        stand_at(site_url)
    folder = tmp_path_factory.mktemp("example")
    with override_settings(WAGTAILAPI_BASE_URL=site_url):
        build(site_url, folder)
        yield folder


@pytest.fixture(scope="module")
def built(folder: Path) -> BuiltSite:
    return BuiltSite(folder)


@pytest.fixture(scope="module")
def example_url(folder: Path) -> Iterator[str]:
    """Another origin than the site's: browsers may ask the API because it is on the list."""
    with served(folder) as url, override_settings(CORS_ALLOWED_ORIGINS=[url]):
        yield url


@pytest.fixture
def context(example_url: str, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=example_url, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def test_each_public_path_has_a_page_and_no_link_is_broken(built: BuiltSite, site_url: str) -> None:
    with urlopen(f"{site_url}/api/v2/paths/", timeout=30) as answer:
        paths = {row["path"] for row in json.load(answer)["items"]}

    assert paths - set(built.pages) == set()
    assert len(paths) > 60
    assert built.broken_links() == []


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text()


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_barriers_and_asks_no_one_else(
    browser: Browser, example_url: str, site_url: str, name: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    for scheme, width in (("light", 320), ("dark", 1280)):
        context = browser.new_context(
            base_url=example_url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: refused.append(message.text))
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.goto(PAGES[name], wait_until="networkidle")
        has_no_barriers(page)
        fits_its_window(page)
        context.close()

    assert [url for url in asked if not url.startswith((f"{example_url}/", f"{site_url}/", "data:"))] == []
    assert refused == []


def test_the_directory_shows_whom_the_api_finds(page: Page) -> None:
    page.goto(PAGES["directory"])
    people = page.locator("#therapists > li:visible")
    everyone = people.count()

    page.get_by_label("What brings you").select_option("Grief, loss and bereavement")
    expect(page.get_by_text(f" of {everyone} therapists")).to_be_visible()
    assert 0 < people.count() < everyone
    page.get_by_label("At most, in pounds a session").fill("1")
    page.get_by_label("Has a place for someone new").check()
    expect(people).to_have_count(0)
    has_no_barriers(page)
    page.get_by_role("button", name="Show everyone").click()
    expect(people).to_have_count(everyone)
    assert page.url.endswith(PAGES["directory"])


def test_without_javascript_everyone_is_listed(browser: Browser, example_url: str) -> None:
    context = browser.new_context(base_url=example_url, java_script_enabled=False)
    page = context.new_page()

    page.goto(PAGES["directory"])
    assert page.locator("#therapists > li:visible").count() > 20
    context.close()
