"""A real Chromium against the demo site, served by a thread of the test process (see `site_url`)."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

#: Chromium without a window draws the same in less time.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    # No page is open long enough to win back what it takes to optimise its scripts.
    "--js-flags=--no-opt",
]


@pytest.fixture(scope="session")
def browser(demo_template: str) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium was found on the PATH: browser tests are skipped.")
    # Playwright keeps an event loop in this thread. Django would take it for asynchronous code and open other
    # connections in it: so the demo database is made first, and the connections until now are closed, which
    # nobody could from then on. A database that somebody is connected to cannot be copied.
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # In milliseconds: a machine that has much else to do makes a page more slowly, and no other one.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
        # What the tests since then have opened belongs to the loop: no one finds it once that is gone.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(site_url: str, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site_url, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def session_keys(site_url: str, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """A session of each account that may work in the admin, where signing in is not what is tested.

    Made here, for what a test stores itself the server never sees.
    """
    keys = {}
    with django_db_blocker.unblock():
        for person in User.objects.filter(is_active=True).exclude(groups=None, is_superuser=False):
            visitor = Client()
            visitor.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
            keys[person.username] = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


@pytest.fixture
def sit_down(context: BrowserContext, site_url: str, session_keys: dict[str, str]) -> Callable[[str], None]:
    """Gives the browser the session of somebody, by the name of their account."""

    def take(username: str) -> None:
        key = session_keys[username]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site_url}])

    return take


@pytest.fixture
def blocked(page: Page) -> Iterator[list[str]]:
    """Everything that the policy blocked, and every error of a script. Empty at the end.

    But for style attributes, which libraries set for cosmetics: the decision on the policy tells why; and for
    the attribute by which the cropper of pictures asks whether the browser knows touch.
    """
    told: list[str] = []

    def keep(message: ConsoleMessage) -> None:
        is_known = "inline style" in message.text or "jquery.Jcrop" in (message.location or {}).get("url", "")
        if "Content Security Policy" in message.text and not is_known:
            told.append(f"{page.url}: {message.text}")

    page.on("console", keep)
    page.on("pageerror", lambda error: told.append(f"{page.url}: {error}"))
    yield told
    assert told == []


@pytest.fixture(params=["no script, narrow", "scripts, wide"])
def visitor(request: pytest.FixtureRequest, site_url: str, browser: Browser) -> Iterator[BrowserContext]:
    """A small phone that runs no script, and a wide window that does."""
    has_scripts = request.param == "scripts, wide"
    viewport = {"width": 1280, "height": 900} if has_scripts else {"width": 320, "height": 640}
    context = browser.new_context(base_url=site_url, viewport=viewport, java_script_enabled=has_scripts)
    yield context
    context.close()


@pytest.fixture
def page_without_javascript(site_url: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site_url, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    yield context.new_page()
    context.close()
