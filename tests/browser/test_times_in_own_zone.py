"""The times of a week for a visitor abroad: a script offers their own time zone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import journeys
from tests.browser.checks import has_no_barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def visitor_in(site_url: str, browser: Browser) -> Iterator[Callable[[str], Page]]:
    contexts = []

    def open_in(time_zone: str) -> Page:
        context = browser.new_context(base_url=site_url, timezone_id=time_zone)
        contexts.append(context)
        return context.new_page()

    yield open_in
    for context in contexts:
        context.close()


def opens_the_times(page: Page) -> None:
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, lambda page: None)
    page.get_by_text("Times in the week").click()


def test_abroad_the_visitors_zone_is_offered(visitor_in: Callable[[str], Page]) -> None:
    page = visitor_in("America/New_York")
    opens_the_times(page)
    expect(page.get_by_label("Which time zone are these times in?")).to_have_value("America/New_York")
    expect(page.get_by_text("These times are in UK time.")).to_have_count(0)
    has_no_barriers(page)
    # Whoever never answers that is not taken for somebody in the UK.
    page.get_by_label("Please choose for me").check()
    journeys.go_on(page)
    expect(page.get_by_text("These times are by the clock of America/New York.")).to_be_visible()


def test_in_the_uk_nothing_is_asked(visitor_in: Callable[[str], Page]) -> None:
    page = visitor_in("Europe/London")
    opens_the_times(page)
    expect(page.get_by_text("These times are in UK time.")).to_be_visible()
    expect(page.locator("[data-time-zone]")).to_be_hidden()
