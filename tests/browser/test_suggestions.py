"""Suggestions as someone types: with the keyboard, with a pointer, and without JavaScript."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.screenshots import keep_screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=False)]


@pytest.fixture
def search_page(page: Page) -> Page:
    page.goto("/search/")
    return page


def type_in(page: Page, words: str) -> None:
    box = page.get_by_role("combobox")
    box.click()
    box.press_sequentially(words)


def test_list_opens_grouped_and_its_count_is_announced(search_page: Page) -> None:
    type_in(search_page, "anx")
    box = search_page.get_by_role("combobox")
    expect(search_page.get_by_role("listbox")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(search_page.get_by_role("group", name="What people come with")).to_be_visible()
    expect(search_page.locator(".suggest [role=status]")).to_contain_text("suggestions")


def test_arrows_choose_and_enter_goes_there(search_page: Page) -> None:
    type_in(search_page, "depr")
    first = search_page.get_by_role("option").first
    expect(first).to_be_visible()
    box = search_page.get_by_role("combobox")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(box).to_be_focused()
    address = first.get_attribute("href")
    box.press("Enter")
    search_page.wait_for_url(f"**{address}")


def test_arrow_up_leads_back_to_the_words_and_enter_searches(search_page: Page) -> None:
    type_in(search_page, "depr")
    expect(search_page.get_by_role("listbox")).to_be_visible()
    box = search_page.get_by_role("combobox")
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    search_page.wait_for_url("**/search/?query=depr")


def test_escape_closes_the_list_and_leaves_the_words(search_page: Page) -> None:
    type_in(search_page, "depr")
    expect(search_page.get_by_role("listbox")).to_be_visible()
    search_page.get_by_role("combobox").press("Escape")
    expect(search_page.get_by_role("listbox")).to_be_hidden()
    expect(search_page.get_by_role("combobox")).to_have_value("depr")


def test_pointer_chooses(search_page: Page) -> None:
    type_in(search_page, "depr")
    option = search_page.get_by_role("option").first
    address = option.get_attribute("href")
    option.click()
    search_page.wait_for_url(f"**{address}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_list_has_no_fault_and_fits(search_page: Page, width: int, scheme: str) -> None:
    search_page.set_viewport_size({"width": width, "height": 800})
    search_page.emulate_media(color_scheme=scheme)
    type_in(search_page, "the")
    expect(search_page.get_by_role("listbox")).to_be_visible()
    search_page.get_by_role("combobox").press("ArrowDown")
    keep_screenshot(search_page, f"suggestions-{width}-{scheme}")
    faults = Axe().run(search_page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
    assert search_page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_form_searches(page_without_javascript: Page) -> None:
    page_without_javascript.goto("/search/")
    page_without_javascript.get_by_label("What are you looking for?").fill("panic")
    page_without_javascript.get_by_role("button", name="Search").click()
    expect(page_without_javascript.get_by_role("heading", name="for “panic”")).to_be_visible()


def test_json_ld_is_no_script_to_the_security_policy(page: Page) -> None:
    """A data block: allowed though scripts may only come from files, and readable where it stands."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    response = page.goto("/therapies/interpersonal-therapy/")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data)["@graph"]
    assert complaints == []
