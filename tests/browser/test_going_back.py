"""Back, forward, reload and two tabs at the form: in browsers that keep left pages whole, and that do not."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import journeys
from tests.browser.conftest import CHROMIUM
from therapists.enquiries.models import Enquiry, EnquiryDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FORM = "/find-a-therapist/"
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(params=["no script, narrow", "scripts, and left pages are kept whole"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    keeps_pages = "kept whole" in request.param
    chromium = (
        browser.browser_type.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        if keeps_pages
        else browser
    )
    has_scripts = request.param != "no script, narrow"
    context = chromium.new_context(
        base_url=site_url, viewport=WIDE if has_scripts else NARROW, java_script_enabled=has_scripts
    )
    yield context
    context.close()
    if keeps_pages:
        chromium.close()


#: How many there are, and nothing of what was answered.
PEOPLE = re.compile(r"^\s*\w+ (person|people) who may suit you\s*$")


def stands_at(page: Page, step: str, heading: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page).to_have_url(re.compile(f"{FORM}{step}$"))


def is_as_answered(page: Page) -> None:
    """One step back from the suggestions, and one more."""
    page.go_back()
    stands_at(page, "how/", "How and when you could meet")
    expect(page.get_by_role("group", name="How could you meet?").get_by_label("Video")).to_be_checked()
    page.go_back()
    stands_at(page, "who/", "Who is it for?")
    expect(page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True)).to_be_checked()


def test_back_forward_and_reload_lose_nothing_and_ask_nothing(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    titles: list[str] = []
    page.on("load", lambda loaded: titles.append(loaded.title()))
    page.goto(FORM)
    journeys.tell_us_what_brings_you(page, lambda page: None)
    is_as_answered(page)
    page.reload()
    stands_at(page, "who/", "Who is it for?")
    expect(page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True)).to_be_checked()
    page.go_forward()
    stands_at(page, "how/", "How and when you could meet")
    page.go_forward()
    stands_at(page, "suggestions/", PEOPLE)

    # What was wrong, and mended, is no trap on the way back either.
    page.get_by_text("What you can pay").click()
    page.get_by_label("About how much could you pay").fill("a bit")
    journeys.refine(page)
    expect(page.get_by_role("alert")).to_contain_text("Write the sum in figures")
    stands_at(page, "refine/", "Make these fit better")
    page.get_by_label("About how much could you pay").fill("80")
    journeys.refine(page)
    stands_at(page, "suggestions/", PEOPLE)
    expect(page.get_by_label("About how much could you pay")).to_have_value("80")
    page.go_back()
    stands_at(page, "refine/", "Make these fit better")
    expect(page.get_by_label("About how much could you pay")).to_have_value("80")

    # Another tab goes on with the same answers; what is sent in one is sent for both.
    other = visitor.new_page()
    other.goto(f"{FORM}suggestions/")
    reference = journeys.ask(other, lambda page: None)
    assert Enquiry.objects.get(reference=reference).budget == 80
    assert not EnquiryDraft.objects.exists()
    journeys.refine(page)
    expect(page.get_by_text(reference)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("main")).not_to_contain_text("About how much")
    other.go_back()
    expect(other.get_by_text(reference)).to_be_visible()
    assert not [title for title in titles if "Grief" in title or "80" in title]


def test_on_a_shared_phone_nothing_comes_back_once_it_is_cleared(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(FORM)
    journeys.tell_us_what_brings_you(page, lambda page: None)
    page.get_by_role("button", name="Clear my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are erased")
    for _step in range(3):
        page.go_back()
        expect(page.get_by_role("group", name="Are you 18 or over?")).to_be_visible()
        expect(page.get_by_role("group", name="Are you 18 or over?").get_by_label("Yes")).not_to_be_checked()
