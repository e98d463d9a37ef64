"""What the Matching team, administrators and profile managers do with enquiries, on a phone and by day."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.checks import COLOUR_RULES, fits_its_window, has_no_barriers
from tests.browser.desk import log_in
from tests.browser.for_good import for_good
from tests.browser.test_proposals import stands_on_top
from tests.factories.enquiries import (
    ContactDetailsFactory,
    NewEnquiryFactory,
    introduce,
    offer_to,
    stored_enquiry,
)
from therapies.models import ConcernPage
from therapists.enquiries.answers import FreeText
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import ConsultationOutcome, Enquiry, Side
from therapists.enquiries.services.lateness import escalate_late
from therapists.enquiries.services.offers import accept
from therapists.enquiries.services.outcomes import report_outcome
from therapists.enquiries.services.safety import erase_or_wait
from therapists.enquiries.services.submit import receive_enquiry
from therapists.models import TherapistPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LATER = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)


@pytest.fixture(scope="module")
def therapists(site_url: str, django_db_blocker: DjangoDbBlocker) -> list[TherapistPage]:
    """Five who may be asked, but for the third, who takes no new clients now. No walk changes another's."""
    with django_db_blocker.unblock():
        able = [one for one in TherapistPage.objects.published().order_by("title") if not lapses(one)][:5]
        able[2].availability.paused_until = timezone.localdate() + timedelta(days=30)
        able[2].availability.save()
        return able


@pytest.fixture(scope="module")
def matcher(site_url: str, django_db_blocker: DjangoDbBlocker) -> User:
    with django_db_blocker.unblock():
        return User.objects.get(username="matcher")


def written_by(name: str, **more: object) -> Enquiry:
    concern = ConcernPage.objects.get(slug="panic").pk
    return for_good(stored_enquiry, concern, contact=ContactDetailsFactory(name=name), **more)


def act(page: Page, section: str, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("region", name=section).get_by_role("button", name=button).click()


def test_a_matcher_finds_reads_asks_and_writes_on_a_phone(
    page: Page, therapists: list[TherapistPage], settings: Settings, blocked: list[str]
) -> None:
    enquiry = written_by("Zuleika Quill")
    long_ago = timezone.now() - timedelta(days=9)
    for_good(Enquiry.objects.filter(pk=enquiry.pk).update, deadline=long_ago)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    log_in(page, "matcher")
    page.get_by_role("link", name=re.compile(r"^Late \d")).click()
    expect(page.get_by_text(re.compile("^Late by"))).to_be_visible()
    has_no_barriers(page, rules=COLOUR_RULES)
    page.get_by_text("Find an enquiry").click()
    page.get_by_label("Reference or name").fill("zulei")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 enquiry found.")).to_be_visible()
    assert "zulei" not in page.url.lower()
    has_no_barriers(page, rules=COLOUR_RULES)
    page.get_by_role("link", name=enquiry.reference).click()

    expect(page.get_by_role("main")).to_contain_text("Zuleika Quill")
    expect(page.get_by_text("Late", exact=True)).to_be_visible()
    has_no_barriers(page, rules=COLOUR_RULES)
    fits_its_window(page)
    in_the_order_of_the_work(page)
    page.get_by_role("region", name="Move it on").get_by_label("To").select_option(label="Being read")
    act(page, "Move it on", "Move")

    act(page, "Suggestions", "Rank again")
    page.get_by_role("region", name="Suggestions").locator("h3 a").first.click()
    expect(page.get_by_role("heading", name="Diary and load")).to_be_visible()
    fits_its_window(page)
    page.goto(reverse("enquiries_admin:enquiry", args=[enquiry.pk]))
    asks_around_who_takes_no_one(page, therapists)
    writes_after_the_session_has_ended(page, settings)
    address = reverse("enquiries_admin:action", args=[enquiry.pk, "reply"])
    page.goto(address)
    page.wait_for_url(f"**{reverse('enquiries_admin:enquiry', args=[enquiry.pk])}")

    signing_out_needs_a_press(page)


def in_the_order_of_the_work(page: Page) -> None:
    """Whom to ask stands after what is to be read, and what cannot be undone at the end."""
    order = ["Where it stands", "How to reach them", "Suggestions", "Move it on", "Erase it"]
    places = []
    for name in order:
        box = page.get_by_role("heading", name=name, exact=True).bounding_box()
        assert box
        places.append(box["y"])
    assert places == sorted(places)


def asks_around_who_takes_no_one(page: Page, therapists: list[TherapistPage]) -> None:
    first, second, paused = (one.title for one in therapists[:3])
    region = page.get_by_role("region", name="Whom to ask")
    marked = region.get_by_label("First").locator("option", has_text=paused)
    expect(marked).to_contain_text("they take no new clients at the moment")
    region.get_by_label("First").select_option(str(therapists[2].pk))
    region.get_by_label("Second").select_option(str(therapists[1].pk))
    region.get_by_label("Third").select_option("")
    region.get_by_label("Why otherwise than suggested").fill("")
    act(page, "Whom to ask", "Save the shortlist")
    stands_on_top(page)
    expect(page.locator("#errors")).to_contain_text("asked all the same")
    region.get_by_label("Why otherwise than suggested").fill("They have agreed to this one.")
    act(page, "Whom to ask", "Save the shortlist")
    expect(
        page.get_by_text(f"They take no new clients, and are asked all the same: {paused}.")
    ).to_be_visible()
    region.get_by_label("First").select_option(str(therapists[0].pk))
    region.get_by_label("Why otherwise than suggested").fill("They know this concern well.")
    act(page, "Whom to ask", "Save the shortlist")
    expect(page.get_by_text(f"Saved: {first}, {second}, in this order. Nobody is asked yet.")).to_be_visible()
    for_good(
        type(therapists[0].availability).objects.filter(therapist=therapists[0]).update, paused_until=LATER
    )
    act(page, "Offer it", "Ask the first on the shortlist")
    expect(page.get_by_text(f"{second} is asked, and not the first. {first}: they take no")).to_be_visible()


def writes_after_the_session_has_ended(page: Page, settings: Settings) -> None:
    words = "We have someone for you, and hear from them this week."
    page.get_by_label("Message").fill(words)
    settings.SENSITIVE_IDLE_MINUTES = 0.0001
    page.get_by_role("button", name="Show it on their page").click()
    page.wait_for_url("**/login/**")
    settings.SENSITIVE_IDLE_MINUTES = 30
    page.get_by_label("Username").fill("matcher")
    page.get_by_label("Password").fill("patient-meadow-9")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("What you typed is here: send it again.")).to_be_visible()
    expect(page.get_by_label("Message")).to_have_value(words)
    page.get_by_role("button", name="Show it on their page").click()
    expect(page.get_by_role("region", name="What happened so far")).to_contain_text(words)


def signing_out_needs_a_press(page: Page) -> None:
    """Its mere address neither ends the session nor takes the cookie away from one that goes on."""
    page.goto(reverse("wagtailadmin_logout"))
    page.goto(reverse("enquiries_admin:inbox"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Enquiries")
    cookies = page.context.cookies()
    page.locator(f"form[action='{reverse('wagtailadmin_logout')}']").evaluate("form => form.submit()")
    page.wait_for_url("**/login/**")
    page.context.add_cookies(cookies)
    page.goto(reverse("enquiries_admin:inbox"))
    page.wait_for_url("**/login/**")


def test_what_may_be_danger_is_read_and_introductions_are_answered_for(
    page: Page, sit_down: Callable[[str], None], therapists: list[TherapistPage], matcher: User
) -> None:
    words = FreeText(message="I am going to kill myself tonight", may_be_shared=False)
    concern = ConcernPage.objects.get(slug="panic").pk
    at_risk = for_good(receive_enquiry, NewEnquiryFactory(answers__concerns=(concern,), free_text=words))
    for_good(erase_or_wait, at_risk.pk)
    sit_down("matcher")
    page.goto(reverse("enquiries_admin:enquiry", args=[at_risk.pk]))
    task = page.get_by_text("Its sender has asked to erase everything.")
    expect(task).to_be_visible()
    expect(page.get_by_text(words.message)).to_be_visible()
    has_no_barriers(page)
    task.locator("xpath=ancestor::div[.//form][1]").get_by_role("button", name="Done").click()
    page.wait_for_url(f"**{reverse('enquiries_admin:inbox')}")
    assert not Enquiry.objects.filter(pk=at_risk.pk).exists()
    finds_decision(page, at_risk.reference, "once a person had read it")

    therapist = therapists[3]
    asked = written_by("Ottoline Finch", preferred_times=(LATER,))
    offer = for_good(offer_to, asked, therapist, matcher)
    for_good(accept, offer.pk, LATER, "I am away in May.")
    expired = timezone.localdate() - timedelta(days=1)
    record = type(therapist.private).objects.filter(therapist=therapist)
    for_good(record.update, insurance_expires_on=expired)
    page.goto(reverse("enquiries_admin:enquiry", args=[asked.pk]))
    expect(page.get_by_text("I am away in May.").first).to_be_visible()
    release = page.get_by_role("region", name="Introduce them")
    expect(release).to_contain_text("their insurance has run out")
    act(page, "Introduce them", "Release the introduction")
    stands_on_top(page)
    release.get_by_label("Why all the same").fill("The new policy is in the post.")
    act(page, "Introduce them", "Release the introduction")
    expect(page.get_by_role("status")).to_contain_text("Done.")
    finds_decision(page, asked.reference, therapist.title)

    begins = timezone.now() - timedelta(hours=3)
    for_good(asked.consultations.update, during=(begins, begins + timedelta(minutes=30)))
    for_good(report_outcome, asked.pk, Side.VISITOR, ConsultationOutcome.MET)
    page.goto(reverse("enquiries_admin:reports"))
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("met", re.I)))
    expect(row.first).to_contain_text("1")
    has_no_barriers(page)


def finds_decision(page: Page, reference: str, said: str) -> None:
    page.goto(reverse("kept_decisions"))
    page.get_by_label("Reference, or the therapist").fill(reference)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("row").filter(has_text=reference).first).to_contain_text(said)


def test_an_administrator_is_told_of_lateness_opens_with_a_reason_and_deletes_no_one(
    page: Page,
    sit_down: Callable[[str], None],
    therapists: list[TherapistPage],
    matcher: User,
    blocked: list[str],
) -> None:
    therapist = therapists[4]
    asked = written_by("Peregrine Dove")
    for_good(introduce, asked, therapist, matcher)
    sit_down("admin")
    page.goto(reverse("wagtailadmin_pages:delete", args=[therapist.pk]))
    expect(page.get_by_text("Nothing was deleted: the records of the practice need")).to_be_visible()
    expect(page.get_by_text("referenced 0 times")).to_have_count(0)
    page.locator(f".messages a[href='{reverse('departures:add')}']").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    page.goto(f"{many}?id={therapist.pk}&id={therapists[0].pk}")
    expect(page.get_by_text("Nothing was deleted: the records of the practice need")).to_be_visible()
    assert TherapistPage.objects.filter(pk__in=[therapist.pk, therapists[0].pk]).count() == 2

    for_good(Enquiry.objects.filter(pk=asked.pk).update, deadline=timezone.now() - timedelta(days=9))
    for_good(escalate_late)
    page.goto(reverse("wagtailadmin_home"))
    expect(page.get_by_text("1 enquiry is late, though its owner was told.")).to_be_visible()
    expect(page.get_by_text(asked.reference)).to_have_count(0)
    page.goto(reverse("break_glass_list"))
    has_no_barriers(page)
    page.get_by_role("link", name=re.compile(asked.reference)).click()
    page.get_by_role("button", name="Open for half an hour").click()
    stands_on_top(page)
    page.get_by_role("textbox", name="Why do you need to open it?").fill("The whole team is ill today.")
    page.get_by_role("button", name="Open for half an hour").click()
    expect(page.get_by_text("Peregrine Dove")).to_be_visible()
    expect(page.get_by_text("This reading is logged with your reason.")).to_be_visible()
