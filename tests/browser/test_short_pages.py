"""Pages about health lead with a verdict and fold what it rests on: half as long as they once were."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import fits_its_window
from tests.browser.page_types import PAIR, PUBLIC

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: Half of what stood there before: words in sight, pixels at 320 and at 1280, what may be pressed in `main`.
MOST = {
    PUBLIC["therapy"]: (1211, 9686, 5438, 56),
    PUBLIC["concern"]: (617, 5783, 3192, 26),
    PAIR: (905, 7268, 3361, 31),
}
IN_SIGHT = """() => {
  const controls = document.querySelectorAll("main :is(a[href], button, input, select, summary)");
  return [...controls].filter((control) => control.checkVisibility()).length;
}"""


@pytest.fixture
def without_scripts(site_url: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=site_url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", MOST)
def test_is_half_as_long_as_before(page: Page, address: str) -> None:
    words, narrow, wide, controls = MOST[address]
    page.goto(address)
    for width, most in ((320, narrow), (1280, wide)):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollHeight") <= most
    assert len(page.locator("main").inner_text().split()) <= words
    assert page.evaluate(IN_SIGHT) <= controls


@pytest.mark.guide("A care card belongs on a concern, after the first words: there it stands beside them.")
def test_when_to_get_help_stands_beside_the_first_words(page: Page) -> None:
    page.goto(PUBLIC["concern"])
    words, card = (page.locator(f".story > {one}").first for one in (".rich-text", ".care-card"))
    beside, first = card.bounding_box(), words.bounding_box()
    assert beside and first
    assert beside["x"] >= first["x"] + first["width"]
    assert abs(beside["y"] - first["y"]) < first["height"]


def test_number_of_a_source_opens_the_sources_without_scripts(without_scripts: Page) -> None:
    without_scripts.goto(PUBLIC["therapy"])
    source = without_scripts.locator("#page-source-1")
    expect(source).not_to_be_visible()
    without_scripts.locator(".fact-strip .source-mark a").first.click()
    expect(source).to_be_in_viewport()


WITHOUT_SPACES = """() => {
  const places = document.querySelectorAll(":is(h1, h2, h3, h4), main li > a:not([href^=tel], [href^=sms])");
  for (const place of places) place.textContent = "ŵ".repeat(300);
}"""


@pytest.mark.parametrize("address", ["/", "/therapists/", "/get-help-now/", PUBLIC["therapy"], PAIR])
def test_title_without_spaces_makes_no_page_wider(page: Page, without_scripts: Page, address: str) -> None:
    for visit, widths in ((page, (1280, 320)), (without_scripts, (320,))):
        visit.goto(address)
        visit.evaluate(WITHOUT_SPACES)
        for width in widths:
            visit.set_viewport_size({"width": width, "height": 640})
            fits_its_window(visit)
