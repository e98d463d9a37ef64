"""What visitors type, can pay and cannot do without: on a small phone and in a wide window."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import journeys
from tests.browser.checks import check_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: What people type: what leads them on, and what only looks alike.
SEARCHED = {
    "price": ("Fees", "Privacy"),
    "insurance": ("Fees", "Privacy"),
    "cost": ("Fees", "Attachment"),
    "gay": ("About us", "Gareth"),
    "phone": ("About us", "Gareth"),
    "addiction": ("GamCare", "Person-centred"),
    "ADHD": ("The NHS on ADHD in adults", "Gareth"),
    "where are you": ("Find a therapist", "Solution-focused"),
}


def test_search_answers_what_people_type(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/search/")
    for words, (leads_to, only_looks_alike) in SEARCHED.items():
        page.get_by_label("What are you looking for?").fill(words)
        page.get_by_label("What are you looking for?").press("Enter")
        expect(page).to_have_title(re.compile(f"Search: {words}"))
        main = page.get_by_role("main")
        expect(main.get_by_role("link", name=re.compile(leads_to)).first).to_be_visible()
        expect(main.get_by_role("link", name=re.compile(only_looks_alike))).to_have_count(0)
    check_of(page)(page)
    for words in ("suicide", "kill myself"):
        page.get_by_label("What are you looking for?").fill(words)
        if page.get_by_role("combobox").count():  # with scripts there are suggestions
            expect(page.get_by_role("option", name="Get help now")).to_be_visible()
        page.get_by_label("What are you looking for?").press("Enter")
        panel = page.get_by_role("region", name="You can talk to someone now")
        expect(panel.locator("a[href='tel:999']")).to_be_in_viewport()
        expect(page.get_by_text("We found nothing")).to_have_count(0)


@pytest.mark.parametrize("about", ["conflict", "relationship-problems", "trauma", "anger"])
def test_pages_about_being_hurt_lead_to_those_who_help_with_that(visitor: BrowserContext, about: str) -> None:
    page = visitor.new_page()
    page.goto(f"/concerns/{about}/")
    lines = page.get_by_role("main").locator("a[href^='tel:']")
    expect(lines.and_(page.locator("[href='tel:08082000247']")).first).to_be_visible()
    expect(lines.and_(page.locator("[href='tel:08085002222']")).first).to_be_visible()
    check_of(page)(page)


#: What visitors look for, by the page on which it is said.
SAID = {
    "/fees/": (r"£\d+ (to|–) £\d+", "insurance", "If you cannot come", "consultation is free"),
    "/about/": ("ask us to ring you", "How we write", "If something goes wrong"),
    "/how-matching-works/": ("Your first consultation", "By video, the link", "in a room, and in which town"),
    "/privacy/": ("What stays between you and your therapist", "What the law wants you to know"),
    "/complaints/": ("Tell us", "ten working days", "Information Commissioner"),
}


def test_what_it_costs_and_how_the_practice_works_is_said(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    main, foot = page.get_by_role("main"), page.get_by_role("contentinfo")
    for address, words in SAID.items():
        page.goto(address)
        for said in words:
            expect(main).to_contain_text(re.compile(said, re.IGNORECASE))
        check_of(page)(page)
        # From each there is one way on, and somebody to ring.
        expect(page.get_by_role("banner").get_by_role("link", name="Find a therapist")).to_be_visible()
        expect(foot.locator("a[href^='tel:+44']")).to_be_visible()


def test_each_service_that_helps_says_what_to_expect_and_since_when(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/get-help-now/")
    at_once = page.get_by_role("main").get_by_text("answer at once")
    expect(at_once).to_have_text(re.compile("Some answer at once, with others you may wait"))
    lines = page.locator(".help-line")
    for line in lines.all():
        line.locator("summary").click()
        expect(line.locator("a[href^='tel:'], a[href^='sms:']").first).to_be_visible()
    said = lines.get_by_role("link", name=re.compile(r"says so, as of \d+ \w+ 20\d\d$"))
    assert said.count() >= lines.count() - 1 > 5  # 999 says nothing of itself
    for link in said.all():
        expect(link).to_have_attribute("href", re.compile("^https://"))
        expect(link).to_be_visible()
    check_of(page)(page)


def test_who_asks_for_a_child_or_another_adult_is_told_what_can_be_done(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/find-a-therapist/")
    journeys.say_who_you_are(page, lambda page: None)
    page.get_by_role("group", name="main thing that brings you").get_by_label("Anxiety").check()
    journeys.go_on(page)
    first = page.locator(".help-now a").first
    for whom, heading, number in (
        ("Another adult", "Asking for someone else", "tel:999"),
        ("Someone under 18", "Who can help someone under 18", "tel:08001111"),
    ):
        page.get_by_role("group", name="Who is it for?").get_by_label(whom).check()
        journeys.go_on(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(first).to_have_attribute("href", number)
        expect(page.locator(".help-now a[href^='sms:']")).to_be_visible()
        check_of(page)(page)
        page.go_back()


#: As people write them and as they are pasted: marks of direction, dashes, slashes, an extension.
NUMBERS = (
    "\u202a+44 7700 900123\u202c",
    "07700\u2011900\u2013123",
    "030/1234567",
    "+49 30 / 1234567",
    "020 7946 0000 ext 12",
)


def test_a_number_is_understood_as_people_paste_it(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/therapists/amara-okafor/")
    page.get_by_role("link", name="Ask about seeing Amara Okafor").first.click()
    journeys.say_who_you_are(page, lambda page: None)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    journeys.go_on(page)
    page.get_by_label("What should we call you?").fill("Robin")
    page.get_by_label("Phone number").fill("-------")
    journeys.go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("phone number")
    for pasted in NUMBERS:
        page.get_by_label("Phone number").fill(pasted)
        journeys.go_on(page)
        expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
        page.get_by_role("link", name=re.compile("Change.*Phone number")).click()


def unfold(page: Page, group: str) -> None:
    folded = page.locator(".refine__group", has=page.get_by_text(group, exact=True))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()


def fees(page: Page) -> list[int]:
    """What each person who is suggested asks for a session, those who are folded away too."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("who may suit you")
    return [int(text.removeprefix("£")) for text in page.locator(".suggestion__fee b").all_text_contents()]


def test_budget_time_and_choice_mean_what_they_say(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, lambda page: None, concern="Anxiety")
    unfold(page, "What you can pay")
    page.get_by_label("About how much could you pay").fill("£60 a session")
    journeys.refine(page)
    for matters_most in (False, True):
        if matters_most:
            unfold(page, "What matters most")
            page.get_by_role("group", name="what matters most").get_by_label("The fee").check()
            journeys.refine(page)
        asked = fees(page)
        assert 3 <= len(asked) <= 5
        assert asked[0] <= 60
        within = [fee <= 60 for fee in asked]
        assert within == sorted(within, reverse=True)
        expect(page.locator(".suggestion").first).to_contain_text("within your budget")

    # Whoever is chosen is named beside the way on; the first time that is offered is the one on the card.
    first = page.locator(".suggestion").first
    name = first.get_by_role("heading", level=2).inner_text()
    said = first.locator("time").get_attribute("datetime")
    bar = page.locator(".chosen")
    expect(bar).to_contain_text("Choose whom to ask")
    first.get_by_label(f"Ask {name}").check()
    expect(bar.get_by_text(f"You have chosen {name}.")).to_be_in_viewport()
    check_of(page)(page)
    journeys.go_on(page)
    times = page.get_by_role("group", name="When could you meet").get_by_role("checkbox")
    assert (times.first.get_attribute("value") or "").startswith(said or "?")


def test_where_nobody_fits_or_nothing_is_sure_there_is_a_way_on(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, lambda page: None, way_to_meet="In person")
    unfold(page, "Who you are at ease with")
    page.get_by_label("Non-binary").check()
    page.get_by_label("This is essential to me").check()
    journeys.refine(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody here fits all of this today")
    check_of(page)(page)
    gender = page.get_by_role("button", name="gender were a wish")
    [number] = re.findall(r"\d+", gender.inner_text())
    with page.expect_navigation():
        gender.click()
    assert len(fees(page)) == min(int(number), 5)

    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Change.*main thing")).click()
    page.get_by_role("group", name="main thing that brings you").get_by_label("not sure").check()
    journeys.go_on(page)
    page.goto("/find-a-therapist/suggestions/")
    expect(page.get_by_text("You need not know what to call it.")).to_be_visible()
    expect(page.locator(".suggestion").first).to_contain_text("Works with many things that bring people here")
