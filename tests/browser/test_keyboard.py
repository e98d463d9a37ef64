"""The site without a mouse: Tab, Shift+Tab, Space, Enter and the arrow keys do everything."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import take_ones_time
from tests.browser.page_types import MATCHING, PAIR

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: More than any page has; a walk that needs more is caught in a trap.
MOST_STOPS = 250

FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // A control whose label covers it is seen by the frame around its label.
  const shown = one.matches("input") ? (one.closest("label") ?? one) : one;
  // What is one link over a whole card is outlined as the card.
  const frames = [one, shown].flatMap((it) => [getComputedStyle(it), getComputedStyle(it, "::after")]);
  const box = shown.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width, 24) / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 24) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    html: one.outerHTML.slice(0, 140),
    outlined: frames.some((it) => it.outlineStyle !== "none" && parseFloat(it.outlineWidth) >= 2),
    inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: !!top && (shown.contains(top) || top.contains(shown)),
  };
}"""


def tab(page: Page, backwards: bool = False) -> dict | None:
    page.keyboard.press("Shift+Tab" if backwards else "Tab")
    return page.evaluate(FOCUS)


def walk(page: Page, backwards: bool = False) -> list[str]:
    """From one end of the page to the other: what has the focus is always marked, in sight and uncovered."""
    stops: list[str] = []
    while (focus := tab(page, backwards)) is not None:
        assert focus["outlined"], f"No outline: {focus['html']}"
        assert focus["inSight"], f"Out of sight: {focus['html']}"
        assert focus["uncovered"], f"Covered: {focus['html']}"
        stops.append(focus["html"])
        if backwards and 'class="skip-link"' in focus["html"]:
            break
        assert len(stops) < MOST_STOPS, f"The focus goes round in circles: {stops[-3:]}"
    return stops


def focused_name(page: Page) -> str:
    return page.evaluate(
        """() => { const one = document.activeElement;
        return (one.labels?.[0] ?? one).innerText?.replace(/\\s+/g, " ").trim() ?? ""; }"""
    )


def focused_question(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.closest('fieldset')?.querySelector('legend').innerText.trim() ?? ''"
    )


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(MOST_STOPS):
        tab(page)
        if focused_name(page).startswith(name):
            return
    raise AssertionError(f"No Tab leads to {name!r} on {page.url}")


def choose(page: Page, question: str, answer: str) -> None:
    """Press Tab until a choice of this question has the focus, then the arrow keys until it is the answer."""
    for _ in range(MOST_STOPS):
        tab(page)
        if page.evaluate("document.activeElement.type === 'radio'") and question in focused_question(page):
            break
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if focused_name(page).startswith(answer):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow key leads to {answer!r} in {question!r}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/therapists/", PAIR, MATCHING])
def test_focus_is_always_seen(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(address)
    forwards = walk(page)
    assert 'class="skip-link"' in forwards[0]
    assert len(forwards) > 10
    # From the end of the page back to its beginning, past the same places.
    backwards = walk(page, backwards=True)
    assert len(backwards) == len(forwards)


def test_bar_that_compares_covers_no_focus(page: Page) -> None:
    """It stays at the foot of the window once a therapist is chosen."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/therapists/")
    page.locator("[data-shortlist]").first.check()
    expect(page.get_by_role("button", name="Compare the chosen therapists")).to_be_in_viewport()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    walk(page)


def test_skip_link_leads_past_the_menu(page: Page) -> None:
    page.goto("/therapists/")
    tab(page)
    page.keyboard.press("Enter")
    tab(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_directory_is_narrowed_and_a_profile_opened(page: Page) -> None:
    page.goto("/therapists/")
    tab_to(page, "What brings you here")
    page.keyboard.type("Grief")
    page.wait_for_url("**concern=**")
    assert page.evaluate("document.activeElement.value"), "The focus stays where the choice was made."
    name = page.locator(".therapist-card a").first.inner_text()
    tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_other_therapies_are_compared(page: Page) -> None:
    page.goto("/therapies/compare/")
    for therapy in ("Cognitive behavioural", "Dynamic interpersonal", "Interpersonal"):
        tab_to(page, therapy)
        page.keyboard.press("Space")
    tab_to(page, "Compare")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/cbt-vs-dit-vs-ipt/")


def test_errors_take_the_focus_and_lead_to_their_questions(page: Page) -> None:
    page.goto(MATCHING)
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    tab(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('input[type=radio]')")


def test_whole_form(page: Page) -> None:
    page.goto(MATCHING)
    choose(page, "Are you 18 or over?", "Yes")
    choose(page, "Do you need help today", "No")
    go_on(page, "What is the main thing that brings you here?")
    choose(page, "main thing that brings you", "Grief")
    go_on(page, "Who is it for?")
    choose(page, "Who is it for?", "Me")
    go_on(page, "How and when you could meet")
    tab_to(page, "Video")
    page.keyboard.press("Space")
    go_on(page, re.compile("who may suit you"))
    choose(page, "", "Please choose for me")
    go_on(page, "How we can reach you")
    tab_to(page, "What should we call you?")
    page.keyboard.type("Robin")
    tab_to(page, "E-mail address")
    page.keyboard.type("robin@example.org")
    choose(page, "Is it safe for us to e-mail you?", "Yes")
    go_on(page, "Is this right?")
    tab_to(page, "I agree")
    page.keyboard.press("Space")
    tab_to(page, "Send to the practice")
    take_ones_time(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your reference number is")).to_be_visible()


def go_on(page: Page, heading: str | re.Pattern[str]) -> None:
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
