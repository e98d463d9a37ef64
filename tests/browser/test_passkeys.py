"""A passkey in a real browser, kept by an authenticator that Chromium plays."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.fixtures import Settings

from tests.browser.checks import bears_the_readers_own_spacing, has_no_barriers
from tests.browser.test_second_step import type_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: A key that is plugged in, and touched whenever it is asked.
TOUCHED_AT_ONCE = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = "sensitive"
    cache.clear()


@pytest.fixture
def page(site_url: str, browser: Browser) -> Iterator[Page]:
    """A passkey belongs to a name: an address of numbers has none."""
    named = site_url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=named, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def device(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED_AT_ONCE})
    return session


@pytest.mark.guide(
    "After the password, administrators and the Matching team type six digits from an authenticator app on "
    "their phone, or touch a passkey.",
)
def test_a_matcher_adds_a_passkey_and_signs_in_with_it(
    page: Page, device: CDPSession, blocked: list[str]
) -> None:
    type_password(page, "matcher")
    page.get_by_role("link", name="Or add a passkey instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    expect(page.get_by_text("knows no passkeys")).to_have_count(0)
    has_no_barriers(page)
    bears_the_readers_own_spacing(page)
    page.get_by_label("Name").fill("Key on my ring")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("link", name="I have them").click()
    page.wait_for_url("**/admin/")

    page.goto(reverse("mfa_index"))
    expect(page.get_by_role("tab", name="Signing in")).to_have_attribute("aria-selected", "true")
    page.get_by_role("link", name="Rename Key on my ring").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rename a passkey")
    has_no_barriers(page)
    page.get_by_label("Name").fill("Blue key")
    page.get_by_role("button", name="Rename it").click()
    expect(page.get_by_role("link", name="Remove Blue key")).to_be_visible()
    rename = page.get_by_role("link", name="Rename Blue key").get_attribute("href")

    page.context.clear_cookies()
    type_password(page, "matcher")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    has_no_barriers(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")

    page.goto(f"{reverse('mfa_reauthenticate')}?next={rename}")
    has_no_barriers(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rename a passkey")

    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Remove Blue key").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove “Blue key”?")
    has_no_barriers(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")


def test_where_a_passkey_does_not_answer_the_page_says_so(page: Page, device: CDPSession) -> None:
    type_password(page, "admin")
    page.get_by_role("link", name="Or add a passkey instead").click()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work")


def test_without_javascript_there_is_the_app(page_without_javascript: Page) -> None:
    page = page_without_javascript
    type_password(page, "admin")
    page.get_by_role("link", name="Or add a passkey instead").click()
    expect(page.get_by_role("button", name="Add it")).to_be_hidden()
    page.get_by_role("link", name="Set up an authenticator app instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
