"""The way of a visitor, from the front page to an enquiry, as steps that the tests put together."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from therapists.matching.form.ticket import LEAST_AGE, Ticket

#: In milliseconds. Whoever fills in the form quicker is taken for a robot.
QUICKEST_PERSON = int(LEAST_AGE.total_seconds() * 1000)
#: In milliseconds, between two looks at whether the form has been open for so long.
MOMENT = 50

#: Called on each page of the way.
Check = Callable[[Page], None]


def read_and_compare(page: Page, check: Check) -> None:
    page.goto("/")
    check(page)
    press_if_shown(page.get_by_role("button", name="Menu"))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Therapies").click()
    check(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("^Interpersonal therapy")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Interpersonal therapy")
    check(page)
    page.goto("/therapies/compare/ipt-vs-dit/")
    assert page.url.endswith("/therapies/compare/dit-vs-ipt/")
    expect(page.get_by_role("table").first).to_contain_text("Your relationships now and how you communicate")
    check(page)


def choose_from_the_directory(page: Page, check: Check) -> str:
    """The name of the therapist whose profile is open at the end."""
    page.goto("/therapists/")
    check(page)
    page.get_by_label("What brings you here").select_option(label="Grief, loss and bereavement")
    page.get_by_role("button", name=re.compile("^Show ")).click()
    expect(page.get_by_role("link", name="Remove from What brings you here: Grief")).to_be_visible()
    expect(page.locator("#results-heading")).to_be_in_viewport()
    check(page)
    page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").first.click()
    check(page)
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=f"Ask about seeing {name}").click()
    return name


def tell_us_what_brings_you(
    page: Page, check: Check, concern: str = "Grief", way_to_meet: str = "Video", begin: str = "I do not mind"
) -> None:
    """From the first question to the suggestions. Starts on the first page."""
    say_who_you_are(page, check)
    page.get_by_role("group", name="main thing that brings you").get_by_label(concern).check()
    go_on(page)
    check(page)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    go_on(page)
    check(page)
    page.get_by_role("group", name="How could you meet?").get_by_label(way_to_meet).check()
    page.get_by_label("How soon would you like to begin?").select_option(label=begin)
    go_on(page)
    stands_in_its_place(page, page.get_by_role("group", name="Who would you like to ask?"))
    check(page)


def ask_about_one(page: Page, check: Check) -> str:
    """From the first page, opened from a profile, to the end. The reference number."""
    say_who_you_are(page, check)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    go_on(page)
    return give_details(page, check)


def say_who_you_are(page: Page, check: Check) -> None:
    check(page)
    page.get_by_role("group", name="Are you 18 or over?").get_by_label("Yes").check()
    page.get_by_role("group", name="Do you need help today").get_by_label("No").check()
    go_on(page)
    check(page)


def ask(page: Page, check: Check) -> str:
    """From the suggestions to the end. The reference number."""
    page.get_by_label("Please choose for me").check()
    go_on(page)
    return give_details(page, check)


def give_details(page: Page, check: Check) -> str:
    check(page)
    say_how_to_reach_you(page)
    times = page.get_by_role("group", name="When could you meet").get_by_role("checkbox")
    times.first.check()
    times.last.check()
    go_on(page)
    check(page)
    return send(page, check)


def say_how_to_reach_you(page: Page) -> None:
    page.get_by_label("What should we call you?").fill("Robin")
    page.get_by_label("E-mail address").fill("robin@example.org")
    page.get_by_role("group", name="Is it safe for us to e-mail you?").get_by_label("Yes").check()


def send(page: Page, check: Check) -> str:
    """Agree and send. The reference number."""
    page.get_by_label("I agree").check()
    take_ones_time(page)
    page.get_by_role("button", name="Send to the practice").click()
    expect(page.get_by_text("Your reference number is")).to_be_visible()
    check(page)
    return page.locator(".matching__reference strong").inner_text()


def take_ones_time(page: Page) -> None:
    """Wait until the form may be sent: most of the time that this takes has gone by on the way to its end."""
    ticket = page.locator("#step [name=ticket]").input_value()
    while Ticket.read(ticket).objection:
        page.wait_for_timeout(MOMENT)


def stands_in_its_place(page: Page, part: Locator) -> None:
    """Inside the main part of the page: neither over the foot nor out of the window."""
    inner, outer = part.bounding_box(), page.get_by_role("main").bounding_box()
    assert inner and outer
    assert inner["y"] >= outer["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def press_if_shown(control: Locator) -> None:
    """What is folded away on a narrow window stands open on a wide one."""
    if control.is_visible():
        control.click()


def refine(page: Page) -> None:
    """Show the suggestions again, by what was answered beside them."""
    with page.expect_navigation():
        page.get_by_role("button", name="Show me again").click()


def go_on(page: Page) -> None:
    """Send this step, and wait until the whole answer is there: a click alone returns before it."""
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
