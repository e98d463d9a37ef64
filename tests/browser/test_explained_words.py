"""A word of the field opens its meaning: with a press, with the keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screenshots import keep_screenshot

pytestmark = pytest.mark.django_db

ARTICLE = "/therapies/psychodynamic-therapy/"


def test_a_word_opens_and_closes_without_javascript_on_a_small_screen(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto(ARTICLE)
    word = page.locator("button.term").first
    meaning = page.locator(f"#{word.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    word.click()
    expect(meaning).to_be_visible()
    box = meaning.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    keep_screenshot(page, "explained-word-320")
    meaning.get_by_role("button", name="Close").click()
    expect(meaning).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_it_and_escape_closes_it(page: Page, key: str) -> None:
    page.goto(ARTICLE)
    word = page.locator("button.term").first
    meaning = page.locator(f"#{word.get_attribute('popovertarget')}")
    word.focus()
    page.keyboard.press(key)
    expect(meaning).to_be_visible()
    if key == "Enter":
        keep_screenshot(page, "explained-word-1280")
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    assert word.evaluate("word => word === document.activeElement")


def test_a_screen_reader_hears_the_meaning_with_the_word(page: Page) -> None:
    page.goto(ARTICLE)
    word = page.locator("button.term").first
    said = page.locator(f"#{word.get_attribute('aria-describedby')}").text_content() or ""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    found = session.send("Runtime.evaluate", {"expression": "document.querySelector('button.term')"})
    nodes = session.send("Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"]})
    heard = nodes["nodes"][0]["description"]["value"]
    assert heard.replace(" ", "") == "".join(said.split())
