"""The matcher's pages of suggestions in a real browser: no barriers, and nothing that the policy blocks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import journeys
from tests.browser.checks import COLOUR_RULES, has_no_barriers
from tests.browser.test_whole_way import log_in_as_matcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_suggestions_have_no_barriers_and_nothing_is_blocked(page: Page) -> None:
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text))
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, has_no_barriers)
    reference = journeys.ask(page, lambda page: None)
    log_in_as_matcher(page, "/admin/enquiries/all-at-once/")
    expect(page.get_by_role("table")).to_contain_text("What brings them")
    has_no_barriers(page)
    page.get_by_role("link", name=reference).click()
    page.get_by_role("button", name="Rank again").click()
    expect(page.get_by_text("Ranked again.")).to_be_visible()
    # Wagtail's own message fades in: for a moment its contrast is low.
    page.reload()
    has_no_barriers(page)
    # What failed stands on top and has the focus; in the dark it can be read as well.
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_be_in_viewport()
    has_no_barriers(page, rules=COLOUR_RULES)
    assert not [report for report in reports if "Content Security Policy" in report]
