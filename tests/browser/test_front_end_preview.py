"""An editor writes in the admin, and watches the page change in a front end at another origin."""

from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect
from wagtail.models import Page as WagtailPage

from tests.browser.front_end import FrontEnd, running_front_end
from therapies.models import ConcernPage, TherapyPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def front_end() -> Iterator[FrontEnd]:
    with (
        running_front_end() as front_end,
        override_settings(HEADLESS_PREVIEW_URLS=[f"{front_end.url}/#"]),
    ):
        yield front_end


@pytest.fixture(scope="module")
def site_url(front_end: FrontEnd, site_url: str) -> str:
    """The front end is named before the server starts, as in a deployment."""
    front_end.api = site_url
    return site_url


def test_what_is_typed_shows_in_the_front_end(
    page: Page,
    context: BrowserContext,
    sit_down: Callable[[str], None],
    front_end: FrontEnd,
    blocked: list[str],
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("editor")
    concern = ConcernPage.objects.get(slug="panic")
    page.goto(reverse("wagtailadmin_pages:edit", args=[concern.pk]))
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    # Wagtail loses a choice that is made while it still loads what was chosen before.
    expect(frame.get_by_role("heading", level=1)).to_have_text(concern.title)
    page.wait_for_load_state("networkidle")
    page.get_by_label("Preview mode").select_option("In the front end")
    expect(frame.locator("header")).to_have_count(0)
    expect(frame.get_by_role("heading", level=1)).to_have_text(concern.title)
    page.wait_for_load_state("networkidle")

    write(page.locator("#id_title"), "Sudden fear")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Sudden fear")
    write(page.locator("#id_summary"), "This therapy cures panic.")
    expect(frame.locator("main > p")).to_have_text("This therapy cures panic.")

    with context.expect_page() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Sudden fear")
    assert opened.value.url == f"{front_end.url}/"

    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator("[data-checks-panel]")).to_contain_text("A word promises too much")


def test_an_editor_sees_the_bar_on_a_page_of_the_front_end(
    page: Page, sit_down: Callable[[str], None], front_end: FrontEnd
) -> None:
    concern = ConcernPage.objects.get(slug="anger")
    page.goto(f"{front_end.url}/?id={concern.pk}")
    page.wait_for_load_state("networkidle")
    expect(page.locator("wagtail-userbar")).to_have_count(0)

    sit_down("editor")
    page.goto(f"{front_end.url}/?id={concern.pk}")
    page.get_by_role("button", name="View Wagtail quick actions").click()
    edit = page.get_by_role("menuitem", name="Edit this page")
    expect(edit).to_have_attribute("href", f"{front_end.api.removeprefix('http:')}{edit_address(concern)}")


@pytest.mark.guide(
    "In the side panel Preview, click on what you want to change: the editor beside it opens the tab, "
    "scrolls to the field and puts the cursor there.",
    "A frame shows what a click leads to.",
    "With the keyboard, go on with the tab key to Edit this page at the end of the preview.",
    "A preview in a tab of its own opens the editor in a new one.",
    "Buttons and links of the page work as they do for visitors.",
)
def test_what_is_clicked_in_the_panel_opens_in_the_editor_beside_it(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("editor")
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    block = next(one for one in therapy.body if one.block_type == "paragraph")
    page.goto(f"{edit_address(therapy)}#tab-promote")
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text(therapy.title)

    # What is there for visitors works as it does for them, and opens no field.
    fold = frame.locator("details").last
    fold.locator("summary").click()
    expect(fold).to_have_attribute("open", "")
    expect(page.get_by_role("tab", name="Promote")).to_have_attribute("aria-selected", "true")

    shown = frame.locator(f"[data-edit-url$='body.{block.id}']")
    shown.hover(position={"x": 8, "y": 8})
    expect(frame.locator(".edit-links [data-shown]")).to_have_css("outline-style", "solid")
    shown.click(position={"x": 8, "y": 8})
    field = page.locator(f"[data-contentpath='{block.id}']")
    expect(field).to_be_in_viewport()
    expect(page.get_by_role("tab", name="Article")).to_have_attribute("aria-selected", "true")
    assert field.evaluate("field => field.contains(document.activeElement)")

    facts = frame.get_by_role("navigation", name="Edit this page").get_by_role("link", name="At a glance")
    facts.focus()
    expect(facts).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Facts")).to_have_attribute("aria-selected", "true")
    rows = page.locator("#id_values-FORMS")
    expect(rows.locator(":focus")).to_have_count(1)
    expect(rows.locator(":focus")).to_be_in_viewport()

    page.set_viewport_size({"width": 390, "height": 800})  # the panel lies over the editor
    frame.get_by_role("heading", level=1).click()
    expect(page.locator("#w-preview-iframe")).to_be_hidden()
    expect(page.locator("#id_title")).to_be_focused()
    expect(page.locator("#id_title")).to_be_in_viewport()

    page.goto(reverse("wagtailadmin_pages:view_draft", args=[therapy.pk]))
    with page.context.expect_page() as opened:
        page.get_by_role("heading", level=1).click()
    assert opened.value.url.partition("#")[0].endswith(edit_address(therapy))


@pytest.mark.guide("A preview in a tab of its own opens the editor in a new one.")
def test_what_is_clicked_in_a_front_end_opens_the_editor_there(
    page: Page, context: BrowserContext, sit_down: Callable[[str], None], front_end: FrontEnd
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("editor")
    concern = ConcernPage.objects.get(slug="anger")
    page.goto(f"{reverse('wagtailadmin_pages:view_draft', args=[concern.pk])}?mode=front-end")
    assert page.url.startswith(front_end.url)
    [*_others, last] = concern.body
    section = page.locator(f"[data-edit-url$='body.{last.id}']")
    links = page.get_by_role("navigation", name="Edit this page").get_by_role("link")
    expect(links).to_have_count(len(concern.body) + 1)

    with context.expect_page() as opened:
        section.click(position={"x": 2, "y": 2})
    editor = opened.value
    field = editor.locator(f"[data-contentpath='{last.id}']")
    expect(field.locator(":focus")).to_have_count(1)
    expect(field).to_be_in_viewport()
    editor.close()

    with context.expect_page() as opened:
        links.first.focus()
        page.keyboard.press("Enter")
    expect(opened.value.locator("#id_title")).to_be_focused()
    assert opened.value.url.partition("#")[0].endswith(edit_address(concern))


def write(field: Locator, text: str) -> None:
    """Key by key: the panel listens to keys."""
    field.fill("")
    field.press_sequentially(text)


def edit_address(edited: WagtailPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[edited.pk])
