"""The matcher finds enquiries and therapists on a phone and in the dark, without barriers."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Site

from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.test_whole_way import log_in_as_matcher
from tests.factories.enquiries import stored_enquiry
from therapies.models import ConcernPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def reference(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> str:
    """Of an enquiry by Sam Sample."""
    with django_db_blocker.unblock():
        return stored_enquiry(ConcernPage.objects.first().pk).reference


def test_from_the_home_to_whoever_rings(reference: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    log_in_as_matcher(page, "/admin/")
    has_no_barriers(page)
    page.get_by_role("link", name="To do").click()
    expect(page.get_by_role("heading", name="Enquiries")).to_be_visible()
    has_no_barriers(page)
    fits_its_window(page)
    page.get_by_text("Find an enquiry").press("Enter")
    page.get_by_label("Reference or name").fill("SAM")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("1 enquiry found.")).to_be_visible()
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    assert "sam" not in page.url.lower()
    has_no_barriers(page)
    fits_its_window(page)
    page.get_by_label("Reference or name").fill(reference)
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("link", name=reference)).to_be_visible()
    page.goto("/admin/enquiries/therapists/")
    has_no_barriers(page)
    fits_its_window(page)
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="Diary and load")).to_be_visible()
    has_no_barriers(page)
    fits_its_window(page)
