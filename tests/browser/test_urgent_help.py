"""The first number of the help panel can be tapped without scrolling, on the phones that people have."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser import journeys
from tests.browser.for_good import for_good
from tests.browser.screenshots import keep_screenshot
from tests.factories.enquiries import stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.signed_links import Purpose, token

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MATCHING = "/find-a-therapist/"
PHONES = [(320, 640), (390, 844)]


@pytest.fixture(params=PHONES, ids=lambda size: f"{size[0]}x{size[1]}")
def phone(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        base_url=site_url, viewport={"width": width, "height": height}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def assert_first_number_is_in_sight(page: Page, name: str, number: str) -> None:
    assert page.viewport_size is not None
    page.wait_for_load_state()  # before the fonts are there, lines break elsewhere
    height = page.viewport_size["height"]
    keep_screenshot(page, f"urgent-help-{name}-{page.viewport_size['width']}")
    first = page.locator(".help-now a[href^='tel:'], .help-now a[href^='sms:']").first
    assert first.get_attribute("href") == number
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height, f"{name}: the first number ends at {box['y'] + box['height']}"
    assert box["height"] >= 44


@pytest.mark.parametrize(
    ("name", "adult", "today", "number"),
    [
        ("today", "Yes", "Yes", "tel:999"),
        ("under-age", "No", "No", "tel:08001111"),
        ("under-age-today", "No", "Yes", "tel:08001111"),
    ],
)
def test_way_out(phone: Page, name: str, adult: str, today: str, number: str) -> None:
    phone.goto(MATCHING)
    phone.get_by_role("group", name="Are you 18 or over?").get_by_label(adult).check()
    phone.get_by_role("group", name="Do you need help today").get_by_label(today).check()
    journeys.go_on(phone)
    assert_first_number_is_in_sight(phone, f"way-out-{name}", number)
    expect(phone.locator(".help-now a[href='sms:85258?body=SHOUT']")).to_have_count(1)


def test_thank_you(phone: Page) -> None:
    phone.goto(MATCHING)
    journeys.tell_us_what_brings_you(phone, lambda page: None)
    journeys.ask(phone, lambda page: None)
    assert_first_number_is_in_sight(phone, "thank-you", "tel:999")


def test_after_clearing_and_erasing(phone: Page) -> None:
    phone.goto(f"{MATCHING}cleared/")
    assert_first_number_is_in_sight(phone, "cleared", "tel:999")
    enquiry = for_good(stored_enquiry, ConcernPage.objects.get(slug="panic").pk)
    address = reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)])
    phone.goto(address)
    phone.get_by_label("Yes, erase everything").check()
    phone.get_by_role("button", name="Erase everything").click()
    expect(phone).not_to_have_url(address)
    assert_first_number_is_in_sight(phone, "erased", "tel:999")
    phone.goto(address)
    assert_first_number_is_in_sight(phone, "link-erased", "tel:999")


def test_search(phone: Page) -> None:
    phone.goto("/search/?query=kill+myself")
    assert_first_number_is_in_sight(phone, "search", "tel:999")
