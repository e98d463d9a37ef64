"""How much stands between a visitor and the first suggestion, on two phones."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import journeys

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_PAGES, MOST_ANSWERS = 4, 25
#: What can be answered with or unfolds more, of what is in sight.
ANSWERS_IN_SIGHT = """() => {
  const controls = [...document.querySelectorAll("main :is(input, select, textarea, summary)")];
  return controls.filter(({type, tabIndex}) => type !== "hidden" && tabIndex >= 0)
    .filter((control) => control.checkVisibility()).length;
}"""


@pytest.mark.guide(
    "Four questions lead to suggestions: safety, what brings someone, who would come, how and when.",
)
@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844)])
def test_few_questions_lead_to_suggestions_and_the_way_on_is_in_reach(
    site_url: str, browser: Browser, width: int, height: int
) -> None:
    context = browser.new_context(
        base_url=site_url, viewport={"width": width, "height": height}, java_script_enabled=width > 320
    )
    answers: list[int] = []

    def count(page: Page) -> None:
        if not page.url.endswith("/suggestions/"):
            answers.append(page.evaluate(ANSWERS_IN_SIGHT))
        # It is there without scrolling, and does not cover what one gets to by the keyboard.
        expect(page.locator("#step > .form__actions .button")).to_be_in_viewport(ratio=1)

    page = context.new_page()
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, count)
    assert len(answers) <= MOST_PAGES
    assert sum(answers) <= MOST_ANSWERS, answers
    context.close()
