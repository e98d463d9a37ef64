"""The matcher's pages of proposals and suggestions in a real browser: no barriers, and nothing is blocked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import journeys
from tests.browser.checks import COLOUR_RULES, fits_its_window, has_no_barriers
from tests.browser.test_whole_way import log_in_as_matcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PROPOSALS = "/admin/enquiries/proposals/"


def test_proposals_on_a_phone_by_keyboard_and_suggestions_have_no_barriers(page: Page) -> None:
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text))
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, has_no_barriers)
    reference = journeys.ask(page, lambda page: None)
    page.set_viewport_size({"width": 390, "height": 844})
    log_in_as_matcher(page, PROPOSALS)
    page.get_by_role("button", name="Make proposals now").click()
    proposal = page.get_by_role("listitem").filter(has=page.get_by_label(f"{reference}: ask"))
    expect(proposal).to_contain_text("Nobody has read this enquiry yet")
    # Wagtail's own message fades in: for a moment its contrast is low.
    page.goto(PROPOSALS)
    proposal.locator("summary").press("Enter")
    expect(proposal).to_contain_text("for having somebody to ask, which counts most.")
    has_no_barriers(page)
    fits_its_window(page)
    proposal.get_by_role("checkbox").press("Space")
    expect(proposal.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Set those ticked aside").press("Enter")
    stands_on_top(page)
    expect(proposal.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Ask those ticked").press("Enter")
    expect(page.get_by_text(f"{reference}: nothing was done. Nobody has read it yet.")).to_be_visible()

    page.get_by_role("link", name=f"Read {reference}").press("Enter")
    page.get_by_role("button", name="Rank again").click()
    expect(page.get_by_text("Ranked again.")).to_be_visible()
    page.reload()
    has_no_barriers(page)
    # What failed stands on top and has the focus; in the dark it can be read as well.
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Save the note").click()
    stands_on_top(page)
    has_no_barriers(page, rules=COLOUR_RULES)

    page.goto(PROPOSALS)
    has_no_barriers(page, rules=COLOUR_RULES)
    proposal.get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="Ask those ticked").press("Enter")
    expect(page.get_by_text(f"1 is asked: {reference}")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="was asked by")).to_contain_text(reference)
    assert not [report for report in reports if "Content Security Policy" in report]


def stands_on_top(page: Page) -> None:
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_be_in_viewport()
