"""From the contact details to the private page: what was told is seen, changed, withdrawn and undone."""

import re
from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import journeys
from tests.browser.checks import check_of, fits_its_window
from tests.browser.for_good import for_good
from tests.factories.enquiries import NewEnquiryFactory, stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.answers import FreeText
from therapists.enquiries.models import Closure, Enquiry, EnquirySettings, MessageKind, OpeningHours
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.signed_links import Purpose, token

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def opens_private_link(page: Page) -> None:
    """The link stands in full on the thank-you page, to keep or to print."""
    link = page.locator(".matching__link a")
    expect(link).to_contain_text("/enquiries/status/")
    page.goto(re.sub("^https?://[^/]*", "", link.inner_text()))


def opens_change(page: Page, question: str) -> None:
    row = page.locator(".checked__row", has_text=question)
    row.get_by_role("link", name="Change").click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()


def saves(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. You changed:")


def sends_with(page: Page, email: str, phone: str) -> Enquiry:
    """From the front door of the form to the thank-you page."""
    page.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(page, lambda page: None)
    page.get_by_label("Please choose for me").check()
    journeys.go_on(page)
    # What is needed is said, and said again where it is missing.
    for words in (
        "(needed, unless we phone)",
        "(needed, unless we e-mail)",
        "(needed, if you gave an address)",
    ):
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_label("What should we call you?").fill("Robin")
    page.get_by_label("in your own words").fill("It has been a hard year.")
    journeys.go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Give an e-mail address or a phone number")
    page.get_by_label("E-mail address").fill(email)
    if email:
        page.get_by_role("group", name="Is it safe for us to e-mail you?").get_by_label("Yes").check()
    page.get_by_label("Phone number").fill(phone)
    journeys.go_on(page)
    reference = journeys.send(page, check_of(page))
    return Enquiry.objects.get(reference=reference)


def test_what_was_told_is_seen_and_each_answer_is_changed_by_itself(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    check = check_of(page)
    is_narrow = check is fits_its_window
    email, phone = ("", "030/1234567") if is_narrow else ("robin@gamil.com", "")
    enquiry = sends_with(page, email, phone)
    reached = (
        "We call 030/1234567" if is_narrow else "We write to robin@gamil.com. Did you mean robin@gmail.com?"
    )
    expect(page.get_by_role("main")).to_contain_text(reached)
    opens_private_link(page)
    told = page.locator("#told")
    for words in ("Grief", "Video", "Robin", "It has been a hard year.", "Please choose for me"):
        expect(told).to_contain_text(words)
    check(page)

    # Correcting the address sends the link there, and says so.
    opens_change(page, "Phone number" if is_narrow else "E-mail address")
    check(page)
    page.get_by_label("E-mail address").fill("robin@example.org")
    page.get_by_role("group", name="Is it safe for us to e-mail you?").get_by_label("Yes").check()
    saves(page)
    expect(told).to_contain_text("We write to robin@example.org.")
    sent_anew = enquiry.messages.filter(kind=MessageKind.ACKNOWLEDGEMENT).count()
    assert sent_anew == (1 if is_narrow else 2)
    # It is said once; refreshing asks nothing and sends nothing.
    page.reload()
    expect(page.get_by_role("status")).to_have_count(0)

    # Two tabs do not undo each other, and Back shows the question as it is answered now.
    other = visitor.new_page()
    other.goto(page.url)
    opens_change(other, "main thing that brings you")
    opens_change(page, "in your own words")
    page.get_by_label("in your own words").fill("It is about my mother.")
    saves(page)
    other.get_by_role("group", name="main thing that brings you").get_by_label("not sure").check()
    check(other)
    saves(other)
    expect(other.locator("#told")).to_contain_text("It is about my mother.")
    expect(other.locator("#told")).to_contain_text("Something else, or I am not sure")
    page.go_back()
    expect(page.get_by_label("in your own words")).to_have_value("It is about my mother.")
    page.get_by_role("link", name="Leave it as it was").click()
    expect(page.locator("#told")).to_contain_text("Something else, or I am not sure")
    # A wrong answer stays on its page, and changes nothing.
    page.get_by_text("Tell us more").click()
    page.get_by_role("link", name="About how much could you pay").click()
    page.get_by_label("About how much could you pay").fill("a bit")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the sum in figures")
    page.get_by_label("About how much could you pay").fill("60")
    saves(page)
    enquiry.refresh_from_db()
    assert (enquiry.budget, enquiry.named_concerns("?"), enquiry.suggestion_runs.count()) == (60, ["?"], 3)

    # Withdrawing asks once, and is undone.
    page.get_by_text("Withdraw my message").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have withdrawn")
    expect(page.locator("#told").get_by_role("link")).to_have_count(0)
    check(page)
    page.get_by_role("button", name="Undo, and go on looking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We are reading your message")
    assert enquiry.messages.filter(kind=MessageKind.UPDATE).count() == 2


def test_words_of_danger_that_come_later_show_at_once_who_helps(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    enquiry = sends_with(page, "robin@example.org", "")
    opens_private_link(page)
    opens_change(page, "in your own words")
    page.get_by_label("in your own words").fill("I do not want to live any more.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    panel = page.get_by_role("region", name="If you need someone now")
    expect(panel).to_be_in_viewport()
    expect(panel.get_by_role("link").first).to_be_in_viewport()
    check_of(page)(page)
    enquiry.refresh_from_db()
    assert enquiry.may_be_at_risk


def test_while_nobody_is_there_whoever_may_be_in_danger_is_told(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/therapists/amara-okafor/")
    page.get_by_role("link", name="Ask about seeing Amara Okafor").first.click()
    journeys.say_who_you_are(page, lambda page: None)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    journeys.go_on(page)
    journeys.say_how_to_reach_you(page)
    page.get_by_label("in your own words").fill("I do not want to live any more.")
    journeys.go_on(page)
    settings = EnquirySettings.load()
    today = timezone.localdate()
    closed = for_good(Closure.objects.create, settings=settings, first_day=today, last_day=today)
    journeys.send(page, check_of(page))
    said = page.get_by_text("Nobody is at the practice just now")
    expect(said).to_be_visible()
    expect(page.locator(".help-now a[href='tel:999']")).to_be_in_viewport()
    opens_private_link(page)
    expect(said).to_be_visible()
    # What is due tonight is not promised for tonight.
    expect(page.get_by_text("We mean to get to it by")).not_to_contain_text(f"{today:%A} {today.day}")
    # The same page, read while somebody is there.
    for_good(closed.delete)
    for_good(OpeningHours.objects.filter(settings=settings).delete)
    hours = {"settings": settings, "weekday": today.weekday(), "opens": time.min, "closes": time.max}
    for_good(OpeningHours.objects.create, **hours)
    page.reload()
    expect(page.get_by_role("heading", name="If you need someone now")).to_be_visible()
    expect(said).to_have_count(0)


def erases(page: Page, enquiry: Enquiry) -> None:
    page.goto(reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)]))
    page.get_by_label("Yes, erase everything I told you").check()
    page.get_by_role("button", name="Erase everything").click()


def test_what_may_be_danger_is_read_before_it_is_erased(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    concern = ConcernPage.objects.get(slug="panic").pk
    enquiry = for_good(stored_enquiry, concern)
    erases(page, enquiry)
    page.wait_for_url("**/enquiries/erased/")
    assert not Enquiry.objects.filter(pk=enquiry.pk).exists()

    words = FreeText(message="I am going to kill myself tonight", may_be_shared=False)
    at_risk = for_good(receive_enquiry, NewEnquiryFactory(answers__concerns=(concern,), free_text=words))
    erases(page, at_risk)
    expect(page.get_by_role("heading", name="You asked us to erase everything")).to_be_visible()
    expect(page.get_by_text("so a person here reads it first")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="116 123").first).to_be_visible()
    expect(page.get_by_role("button", name="Erase everything")).to_have_count(0)
    check_of(page)(page)
    assert Enquiry.objects.get(pk=at_risk.pk).free_text == words
