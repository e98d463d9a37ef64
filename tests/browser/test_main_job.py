"""Home → article → comparison → directory → profile → matching → enquiry, as a visitor goes it."""

import pytest
from playwright.sync_api import Page

from tests.browser import journeys
from tests.browser.checks import fits_its_window, has_no_barriers
from therapists.enquiries.models import Enquiry

pytestmark = pytest.mark.browser


def whole_way(page: Page, check: journeys.Check) -> tuple[str, str]:
    """The name of the therapist who was looked at, and the reference number of the enquiry."""
    journeys.read_and_compare(page, check)
    name = journeys.choose_from_the_directory(page, check)
    return name, journeys.ask_about_one(page, check)


def test_whole_way_has_no_barriers(page: Page) -> None:
    before = Enquiry.objects.count()
    _, reference = whole_way(page, has_no_barriers)
    assert Enquiry.objects.get(reference=reference).pk
    assert Enquiry.objects.count() == before + 1


def test_whole_way_without_javascript_on_the_narrowest_phone(page_without_javascript: Page) -> None:
    _, reference = whole_way(page_without_javascript, fits_its_window)
    assert Enquiry.objects.filter(reference=reference).exists()


def test_reader_who_sends_nothing_gets_no_cookie_and_meets_no_third_party(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    journeys.read_and_compare(page, lambda page: None)
    page.goto("/therapists/")
    page.goto("/concerns/depression/")
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith((site_url, "data:"))] == []
