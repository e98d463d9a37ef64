"""Articles and comparisons on paper: what can be opened stands open, what cannot be pressed is left out."""

import pytest
from playwright.sync_api import Page

from tests.browser.page_types import FOUR, PAIR, PUBLIC
from tests.browser.screenshots import ARTEFACTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: What is left of A4 within margins of 15 mm, in pixels.
PAPER = {"width": 680, "height": 1000}


@pytest.fixture
def printed(page: Page) -> Page:
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_article_says_everything_that_it_says_on_a_screen(printed: Page) -> None:
    printed.goto(PUBLIC["therapy"])
    answers = printed.locator(".question__answer")
    assert answers.count() > 1
    assert all(answer.is_visible() for answer in answers.all())
    assert printed.locator(".term-meaning").first.is_visible()
    assert printed.get_by_text("Last reviewed").is_visible()
    for control in printed.locator("button:not(.term), .button, .site-nav, .on-this-page, .quick-exit").all():
        assert not control.is_visible()
    address = "getComputedStyle(document.querySelector('.references a'), '::after').content"
    assert "https://" in printed.evaluate(address)
    printed.pdf(path=ARTEFACTS / "therapy.pdf", format="A4")


@pytest.mark.parametrize(("address", "columns"), [(PAIR, 2), (FOUR, 4)])
def test_comparison_stands_side_by_side(printed: Page, address: str, columns: int) -> None:
    printed.goto(address)
    boxes = [cell.bounding_box() for cell in printed.locator(".comparison__row").first.locator("td").all()]
    assert len(boxes) == columns
    assert len({round(box["y"]) for box in boxes}) == 1
    assert max(box["x"] + box["width"] for box in boxes) <= PAPER["width"]
    assert printed.locator(".references__source").first.is_visible()
    printed.pdf(path=ARTEFACTS / f"comparison-of-{columns}.pdf", format="A4")


def test_paper_is_white(printed: Page) -> None:
    printed.goto(PAIR)
    assert printed.evaluate("getComputedStyle(document.body).color") == "rgb(30, 41, 39)"
