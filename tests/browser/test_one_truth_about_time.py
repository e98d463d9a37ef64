"""The earliest start and the reply that is promised: the same wherever a visitor meets them."""

import re
from pathlib import PurePath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import journeys
from tests.browser.checks import check_of
from tests.browser.letters import letter_to, link_in
from tests.queue_worker import deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PROMISE = re.compile(r"We (?:mean to|usually) reply within [\w ]+ working days?\.")
WORKING_DAY = re.compile("by (Monday|Tuesday|Wednesday|Thursday|Friday)")


@pytest.fixture(autouse=True)
def links_lead_here(settings, site_url: str) -> None:
    settings.BASE_URL = site_url


def promised(page: Page) -> str:
    """How soon a reply comes, as the page says it."""
    return page.get_by_role("main").get_by_text(PROMISE).inner_text()


def earliest(part: Locator) -> tuple[str, str]:
    """From when a first consultation can be, as part of a page says it: for machines, and as “9 December”."""
    said = part.locator(".availability-note time")
    return said.get_attribute("datetime") or "", " ".join(said.inner_text().split()[2:4])


def card_in_the_directory(page: Page, name: str) -> Locator:
    page.goto("/therapists/")
    card = page.locator(".therapist-card", has=page.get_by_role("link", name=name, exact=True))
    while not card.count():
        page.get_by_role("link", name="More therapists").click()
    return card


def test_a_start_and_a_reply_are_said_alike_from_the_first_question_to_the_private_page(
    visitor: BrowserContext,
) -> None:
    page, other = visitor.new_page(), visitor.new_page()
    page.goto("/find-a-therapist/")
    reply = promised(page)
    journeys.tell_us_what_brings_you(page, lambda page: None, concern="Anxiety", begin="Within two months")

    # A suggestion, with what tells people apart; its reason, its profile, its card, the times of the form.
    suggestion = page.locator(".suggestion").first
    name = suggestion.get_by_role("heading", level=2).inner_text()
    start, day = earliest(suggestion)
    expect(suggestion.get_by_role("listitem").filter(has_text="as soon as you hoped")).to_contain_text(day)
    expect(suggestion.locator(".portrait")).to_be_visible()
    for words in (re.compile("“|[.!?]"), re.compile(r"£\d+ a session"), "Trained in", "Specialises in"):
        expect(suggestion).to_contain_text(words)
    profile = suggestion.get_by_role("link", name="Read the profile").get_attribute("href") or ""
    other.goto(profile)
    assert earliest(other.get_by_role("main")) == (start, day)
    card = card_in_the_directory(other, name)
    assert earliest(card) == (start, day)
    for words in ("Most often helps with", re.compile(r"£\d+ for \d+ minutes"), "Video"):
        expect(card).to_contain_text(words)
    other.close()
    suggestion.get_by_label(f"Ask {name}").check()
    journeys.go_on(page)
    time = page.get_by_role("group", name="When could you meet").get_by_role("checkbox").first
    assert (time.get_attribute("value") or "").startswith(start)
    time.check()

    # A slip in the address is asked about, wherever it is seen, and mended before it is sent.
    journeys.say_how_to_reach_you(page)
    page.get_by_label("E-mail address").fill("robin@gmail.con")
    journeys.go_on(page)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Did you mean robin@gmail.com?")
    page.go_back()
    page.reload()
    expect(page.get_by_label("E-mail address")).to_have_value("robin@gmail.con")
    page.go_forward()
    changes = page.locator(".checked__row").filter(has=page.get_by_role("link", name="Change"))
    assert changes.count() == page.locator(".checked__row").count() > 6
    page.get_by_role("link", name=re.compile("Change.*E-mail address")).click()
    page.get_by_label("E-mail address").fill("robin@example.org")
    journeys.go_on(page)
    expect(page.get_by_role("main")).not_to_contain_text("Did you mean")
    journeys.send(page, check_of(page))

    # Thanks, letter and private page say whom, to which address, and the same about the reply.
    expect(page.locator(".help-now a[href='tel:999']")).to_be_in_viewport()
    for words in ("We write to robin@example.org.", f"You asked about seeing {name}", reply):
        expect(page.get_by_role("main")).to_contain_text(words)
    deliver()
    letter = letter_to(lambda reader: reader == "robin@example.org", "We have your message")
    assert reply in str(letter.body)
    private = urlsplit(link_in(letter)).path
    assert PurePath(private) == PurePath(urlsplit(page.locator(".matching__link a").inner_text()).path)
    page.goto(private)
    assert promised(page) == reply
    expect(page.get_by_text(WORKING_DAY)).to_be_visible()
    expect(page.locator("#told")).to_contain_text(name)
    expect(page.locator("#told")).to_contain_text(day)
