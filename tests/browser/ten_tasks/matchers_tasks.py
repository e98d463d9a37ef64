"""The ten commonest tasks of the Matching team."""

import re

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.ten_tasks.role_tasks import RoleTasks
from tests.factories.enquiries import ContactDetailsFactory, NewEnquiryFactory, offer_to, stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.answers import FreeText
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Enquiry
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import accept
from therapists.enquiries.services.submit import receive_enquiry
from therapists.models import TherapistPage

HOME = reverse("wagtailadmin_home")
MATCHER = RoleTasks("Matching team", "matcher")
WORDS = "We have someone in mind, and write again this week."
#: By what is done with them.
ENQUIRIES: dict[str, Enquiry] = {}


def prepare() -> None:
    """Have enquiries at each step: just received, with words that may be about safety, and accepted."""
    concern = ConcernPage.objects.get(slug="panic").pk
    for name in ("read", "asked", "proposed", "found"):
        ENQUIRIES[name] = stored_enquiry(concern, contact=ContactDetailsFactory(name=f"Quill {name}"))
    matcher = User.objects.get(username="matcher")
    move(ENQUIRIES["proposed"].pk, State.REVIEW, by=matcher)
    danger = FreeText(message="I am going to kill myself tonight", may_be_shared=False)
    ENQUIRIES["safety"] = receive_enquiry(NewEnquiryFactory(answers__concerns=(concern,), free_text=danger))
    ENQUIRIES["accepted"] = stored_enquiry(concern)
    able = next(one for one in TherapistPage.objects.published().order_by("title") if not lapses(one))
    accept(offer_to(ENQUIRIES["accepted"], able, matcher).pk, None)


def open_enquiry(page: Page, name: str) -> None:
    page.goto(reverse("enquiries_admin:enquiry", args=[ENQUIRIES[name].pk]))


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def is_done(page: Page, words: str = "Done.") -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


@MATCHER.task("Read an enquiry that waits")
def reads(page: Page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name=re.compile("^To do")).click()
    page.get_by_role("link", name=ENQUIRIES["read"].reference).click()
    expect(page.get_by_role("main")).to_contain_text("Quill read")


@MATCHER.task("Read what may be about somebody’s safety, and let it go on")
def reads_for_safety(page: Page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name=re.compile("^Safety checks")).click()
    page.get_by_role("link", name=ENQUIRIES["safety"].reference).click()
    part(page, "Move it on").get_by_label("To").select_option(label="Being read")
    part(page, "Move it on").get_by_role("button", name="Move").click()
    is_done(page)


@MATCHER.task("Begin with an enquiry: it is being read")
def moves_it_on(page: Page) -> None:
    open_enquiry(page, "asked")
    part(page, "Move it on").get_by_label("To").select_option(label="Being read")
    part(page, "Move it on").get_by_role("button", name="Move").click()
    is_done(page)


@MATCHER.task("Ask the first who is suggested")
def asks(page: Page) -> None:
    open_enquiry(page, "asked")
    part(page, "Suggestions").get_by_role("button", name="Rank again").click()
    expect(part(page, "Suggestions").locator("h3").first).to_be_visible()
    part(page, "Whom to ask").get_by_role("button", name="Save the shortlist").click()
    part(page, "Offer it").get_by_role("button", name="Ask the first on the shortlist").click()
    is_done(page, "is asked")


@MATCHER.task("Ask whoever is proposed for all who wait")
def asks_for_all(page: Page) -> None:
    reference = ENQUIRIES["proposed"].reference
    page.goto(HOME)
    page.get_by_role("link", name=re.compile("^To do")).click()
    page.get_by_role("link", name="Proposals for all who wait").click()
    page.get_by_role("button", name="Make proposals now").click()
    page.get_by_role("checkbox", name=f"{reference}: ask").check()
    page.get_by_role("button", name="Ask those ticked").click()
    expect(page.get_by_text(f"1 is asked: {reference}")).to_be_visible()


@MATCHER.task("Introduce two who said yes")
def introduces(page: Page) -> None:
    open_enquiry(page, "accepted")
    part(page, "Introduce them").get_by_role("button", name="Release the introduction").click()
    is_done(page)


@MATCHER.task("Find an enquiry by the name of its sender")
def finds(page: Page) -> None:
    page.goto(HOME)
    page.locator("#wagtail-sidebar").get_by_role("link", name="Enquiries").click()
    page.get_by_text("Find an enquiry").click()
    page.get_by_label("Reference or name").fill("quill f")
    page.get_by_label("Reference or name").press("Enter")
    page.get_by_role("link", name=ENQUIRIES["found"].reference).click()
    expect(page.get_by_role("main")).to_contain_text("Quill found")


@MATCHER.task("Write to whoever asked")
def writes(page: Page) -> None:
    open_enquiry(page, "found")
    page.get_by_label("Message").fill(WORDS)
    page.get_by_role("button", name="Show it on their page").click()
    expect(part(page, "What happened so far")).to_contain_text(WORDS)


@MATCHER.task("Hand an enquiry over to a colleague")
def hands_over(page: Page) -> None:
    open_enquiry(page, "found")
    part(page, "Owner").get_by_label("To whom").select_option(label="colleague")
    part(page, "Owner").get_by_role("button", name="Hand over").click()
    is_done(page)


@MATCHER.task("See who has a place")
def sees_places(page: Page) -> None:
    page.goto(HOME)
    page.locator("#wagtail-sidebar").get_by_role("link", name="Enquiries").click()
    page.get_by_role("link", name="Therapists and their diaries").click()
    expect(page.get_by_role("link", name="Amara Okafor").first).to_be_visible()
