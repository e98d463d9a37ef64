"""The second step in a real browser: on a phone without JavaScript, and at an administrator's desk."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from demo.logins import LOGINS
from tests.browser.checks import bears_the_readers_own_spacing, fits_its_window, has_no_barriers
from tests.factories.second_factor import code_of, give_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASSWORDS = {login.username: login.password for login in LOGINS}


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = "sensitive"
    cache.clear()


@pytest.fixture(scope="module")
def lost(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """Whose phone is lost."""
    with django_db_blocker.unblock():
        person = get_user_model().objects.get(username="reviewer")
        give_app(person)
        yield person


def type_password(page: Page, username: str) -> None:
    page.goto(reverse("wagtailadmin_login"))
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORDS[username])
    page.get_by_role("button", name="Sign in").click()


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Six digits from your app").fill(code)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.guide(
    "The first time, the site shows how to set it up: scan the picture, type the digits, keep the ten "
    "recovery codes somewhere else than the phone.",
    "A lost phone: type a recovery code where the digits are asked for.",
)
def test_a_matcher_sets_it_up_on_a_phone_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    type_password(page, "matcher")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    expect(page.get_by_role("status").get_by_role("list")).to_have_css("opacity", "1")
    expect(page.get_by_role("img", name="The picture for your app")).to_be_visible()
    fits_its_window(page)
    key = page.locator(".second-step__key").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill("000000")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("That code did not match")).to_be_visible()
    page.get_by_label("The six digits").fill(code_of(key))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    fits_its_window(page)
    code = page.locator(".second-step__codes li").first.inner_text()
    page.get_by_role("link", name="I have them").click()
    page.wait_for_url("**/admin/")

    page.context.clear_cookies()
    type_password(page, "matcher")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    fits_its_window(page)
    page.goto(reverse("enquiries_admin:inbox"))
    expect(page.get_by_label("Password")).to_be_visible()
    type_password(page, "matcher")
    type_code(page, code)
    page.wait_for_url("**/admin/")


def test_an_administrators_pages_have_no_barriers_and_nothing_is_blocked(
    page: Page, lost: User, blocked: list[str]
) -> None:
    type_password(page, "admin")
    has_no_barriers(page)
    bears_the_readers_own_spacing(page)
    key = page.locator(".second-step__key").inner_text().replace(" ", "")
    page.get_by_label("The six digits").fill(code_of(key))
    page.get_by_role("button", name="Set up").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    assert len(download.value.path().read_text().split()) == 10
    has_no_barriers(page)

    page.goto(reverse("mfa_index"))
    expect(page.get_by_role("tab", name="Signing in")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("link", name="Remove the app")).to_be_visible()
    page.get_by_role("link", name="Make new codes").click()
    has_no_barriers(page)

    page.goto(reverse("wagtailusers_users:edit", args=[lost.pk]))
    page.get_by_role("link", name="Phone lost?").click()
    page.get_by_role("button", name="Reset their second step").click()
    expect(page.get_by_text("Not set up.")).to_be_visible()

    page.context.clear_cookies()
    type_password(page, "admin")
    has_no_barriers(page)
    type_code(page, code_of(key, steps=1))
    page.wait_for_url("**/admin/")
