"""The directory with JavaScript: it changes in place, and keeps a shortlist in this tab and nowhere else."""

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIST = "/therapists/"


CHOOSE_GRIEF_AND_SHOW = """(select) => {
  select.value = "grief-and-loss";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  select.form.requestSubmit();
}"""


def choose(page: Page, number: int) -> str:
    """Tick one of the listed therapists for comparing; their name."""
    card = page.locator(".therapist-card").nth(number)
    card.get_by_role("checkbox").check()
    return card.get_by_role("link").inner_text()


def test_numbers_and_results_change_in_place(page: Page) -> None:
    page.goto(LIST)
    page.evaluate("window.wasHereAllAlong = true")
    before = page.locator("#results-heading").inner_text()
    page.get_by_label("What brings you here").select_option(label="Grief, loss and bereavement")
    page.wait_for_url("**concern=grief-and-loss**")
    expect(page.locator("#results-heading")).not_to_have_text(before)
    expect(page.locator("#results-heading [aria-live]")).to_contain_text("therapists")
    assert page.evaluate("window.wasHereAllAlong")
    found = page.locator("#results-heading").inner_text()
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("button", name=f"Show {found}").click()
    expect(page.locator("#results-heading")).to_be_in_viewport()
    page.get_by_role("link", name="Remove from What brings you here: Grief").click()
    expect(page.locator("#results-heading")).to_have_text(before)


def test_button_pressed_right_after_a_choice_fetches_the_results_once(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(LIST)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("What brings you here").evaluate(CHOOSE_GRIEF_AND_SHOW)
    expect(page.locator("#results-heading")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Remove from What brings you here: Grief")).to_be_visible()
    assert [url.partition("?")[2] for url in asked if "?" in url] == ["concern=grief-and-loss"]


def test_shortlist_goes_along_to_the_next_page_and_is_sent_only_to_compare(
    page: Page, context: BrowserContext
) -> None:
    asked: list[str] = []

    def keep(request: Request) -> None:
        asked.append(f"{request.url} {request.post_data or ''}")

    page.on("request", keep)
    page.goto(LIST)
    names = [choose(page, 0)]
    page.get_by_role("link", name="More therapists").click()
    names.append(choose(page, 1))
    page.reload()
    expect(page.locator("[data-shortlist]").nth(1)).to_be_checked()
    assert not [request for request in asked if "t=" in request]
    page.get_by_role("button", name="Compare the chosen therapists").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare therapists")
    assert page.locator("thead a").all_inner_texts() == names
    assert context.cookies() == []
    another_tab = context.new_page()
    another_tab.goto(LIST)
    assert another_tab.locator("[data-shortlist]:checked").count() == 0


def test_shortlist_survives_a_change_of_filters(page: Page) -> None:
    page.goto(LIST)
    name = choose(page, 0)  # who comes first has a place, and so stays in the list
    page.get_by_text("More ways to narrow it", exact=True).click()
    page.get_by_role("group", name="Places").get_by_role("checkbox", name="Has a place now").check()
    page.wait_for_url("**place=now")
    card = page.locator(".therapist-card", has=page.get_by_role("link", name=name, exact=True))
    expect(card.get_by_role("checkbox")).to_be_checked()
