"""What a visitor and a therapist do on the pages behind their private links, on a phone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.checks import COLOUR_RULES, fits_its_window, has_no_barriers, stand_in_this_order
from tests.browser.for_good import for_good
from tests.factories.enquiries import introduce, make_matcher, offer_to, stored_enquiry
from tests.queue_worker import deliver
from therapies.models import ConcernPage
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Consultation, Enquiry, MessageKind, Offer, Side
from therapists.enquiries.services.bounces import record_bounce
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.services.lifecycle import withdraw
from therapists.enquiries.services.offer_ends import end_undeliverable
from therapists.enquiries.services.offer_questions import answer_question
from therapists.enquiries.services.offers import release
from therapists.enquiries.signed_links import Purpose, therapist_token, token
from therapists.models import TherapistPage

# `django_db` because without it no test database is made; what the server stores is committed all the same.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = {"width": 390, "height": 844}
MEETING_LINK = "https://meet.example/room-7"
#: Two times, so that one walk takes none of another's.
SOON = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=8)
LATER = SOON + timedelta(days=3)


@pytest.fixture(scope="module")
def matcher(site_url: str, django_db_blocker: DjangoDbBlocker) -> User:
    with django_db_blocker.unblock():
        return make_matcher("matcher-of-links")


@pytest.fixture(scope="module")
def therapist(site_url: str, django_db_blocker: DjangoDbBlocker) -> TherapistPage:
    """One who may be asked, with a link to meet at and a telephone."""
    with django_db_blocker.unblock():
        found = next(one for one in TherapistPage.objects.published() if not lapses(one))
        found.private.meeting_link, found.private.phone = MEETING_LINK, "01632 960 001"
        found.private.save()
        return found


@pytest.fixture
def page(site_url: str, browser: Browser) -> Iterator[Page]:
    """A phone in the UK, whatever the machine's own clock."""
    context = browser.new_context(
        base_url=site_url, viewport=PHONE, timezone_id="Europe/London", locale="en-GB"
    )
    yield context.new_page()
    context.close()


def someone_writes(zone: str = "Europe/London", **more: object) -> Enquiry:
    concern = ConcernPage.objects.get(slug="panic").pk
    return for_good(stored_enquiry, concern, answers__time_zone=zone, **more)


def private_page(purpose: Purpose, row: Enquiry | Offer) -> str:
    return reverse(f"enquiries:{purpose}", args=[token(purpose, row.pk)])


def checked(page: Page) -> None:
    has_no_barriers(page)
    fits_its_window(page)


def a_conversation_passes(enquiry: Enquiry, hours_ago: int) -> None:
    begins = timezone.now() - timedelta(hours=hours_ago)
    confirmed = Consultation.objects.filter(enquiry=enquiry, state="confirmed")
    for_good(confirmed.update, during=(begins, begins + timedelta(minutes=30)))


def test_a_therapist_from_the_offer_to_what_became_of_it(
    page: Page, therapist: TherapistPage, matcher: User, blocked: list[str]
) -> None:
    enquiry = someone_writes("America/New_York", preferred_times=(SOON, SOON + timedelta(days=1)))
    offer = for_good(offer_to, enquiry, therapist, matcher)
    for_them = re.compile(r"\(UK time\) – .*\d\d:\d\d for them, America/New York")

    page.goto(private_page(Purpose.OFFER, offer))
    expect(page.get_by_text(f"This is for {therapist.title}")).to_be_visible()
    times = page.get_by_role("group", name="When you could meet")
    reason, note = page.get_by_label("Why, if the answer is no"), page.get_by_label("Anything the matcher")
    expect(reason).to_be_hidden()
    page.get_by_label("No, not this time").check()
    expect(reason).to_be_visible()
    page.get_by_label("Yes, I have a place").check()
    expect(reason).to_be_hidden()
    stand_in_this_order(page.get_by_role("group", name="Your answer"), times, note)
    for time in times.get_by_role("radio").all()[:-1]:
        expect(time.locator("xpath=..")).to_contain_text(for_them)

    page.get_by_text("I would like to ask something first").click()
    page.get_by_label("Your question to the matcher").fill("Have they seen someone before?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Not answered yet. You get an e-mail.")).to_be_visible()
    for_good(answer_question, enquiry.pk, offer.questions.get().pk, "Yes, last year.", matcher)
    page.reload()
    expect(page.get_by_text("Yes, last year.")).to_be_visible()

    page.get_by_label("Yes, I have a place").check()
    times.get_by_role("radio").first.check()
    note.fill("I am away in May.")
    page.get_by_role("button", name="Send my answer").click()
    held = page.get_by_text("is held for you")
    for _opened_again in range(2):
        expect(page.get_by_role("heading", name="we have your yes")).to_be_visible()
        expect(held).to_contain_text(for_them)
        page.reload()
    checked(page)
    offer.refresh_from_db()
    assert (offer.state, offer.note) == ("accepted", "I am away in May.")

    for_good(release, enquiry.pk, by=matcher)
    page.goto(private_page(Purpose.INTRODUCTION, offer))
    main = page.get_by_role("main")
    expect(page.get_by_text("You will talk on")).to_contain_text(for_them)
    expect(main.get_by_role("link", name="020 7946 0000")).to_have_attribute("href", "tel:+44-20-7946-0000")
    expect(main.get_by_role("link", name=MEETING_LINK)).to_be_visible()
    expect(main.get_by_text("and is free.")).to_be_visible()
    page.get_by_text("I cannot make this time").click()
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("could not be kept. Please propose others.")).to_be_visible()
    proposes_by_both_clocks(page)
    expect(main.get_by_role("listitem").filter(has_text="(UK time)")).to_contain_text(for_them)
    checked(page)

    proposed = Consultation.objects.filter(enquiry=enquiry, state="proposed")
    for_good(proposed.update, state="confirmed")
    a_conversation_passes(enquiry, 3)
    page.reload()
    expect(page.get_by_text("The conversation was set for")).to_contain_text(for_them)
    page.get_by_role("button", name="We met").click()
    expect(page.get_by_text("you told us: “We met”")).to_be_visible()
    page.get_by_label("Anything the practice should know").fill("They need evenings.")
    page.get_by_role("button", name="It is not a fit").click()
    expect(page.get_by_role("heading", name="It was not a fit")).to_be_visible()
    enquiry.refresh_from_db()
    assert enquiry.state == State.REVIEW
    checked(page)


def proposes_by_both_clocks(page: Page) -> None:
    """What the visitor's clock shows stands beside each field, before, while and after a time is written."""
    first, second = page.get_by_label("Time 1 (UK time)"), page.get_by_label("Time 2 (UK time)")
    for field in (first, second):
        expect(field).to_have_accessible_description(re.compile(r"Today, 12:00 in the UK is 0\d:00 for them"))
    day = timezone.localdate() + timedelta(days=12)
    first.fill(f"{day}T09:00")
    expect(first).to_have_accessible_description(re.compile(r"^0[45]:00 for them, America/New York$"))
    second.fill(f"{day}T02:00")
    expect(second).to_have_accessible_description(
        re.compile(rf"^{day - timedelta(days=1):%A} 2[12]:00 for them, America/New York$")
    )
    second.fill(f"{day}T09:10")
    page.get_by_role("button", name="Propose these times").click()
    expect(page.get_by_text("Two of these times overlap").first).to_be_visible()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(first).to_have_accessible_description(re.compile(r"^0[45]:00 for them, America/New York"))
    second.fill("")
    page.get_by_role("button", name="Propose these times").click()
    expect(page.get_by_text("They have been asked to choose among these times")).to_be_visible()


def test_a_therapist_learns_of_every_ending_and_keeps_their_own_page(
    page: Page, therapist: TherapistPage, matcher: User
) -> None:
    both = [for_good(offer_to, someone_writes(preferred_times=(SOON,)), therapist, matcher) for _ in range(2)]
    for offer in both:
        page.goto(private_page(Purpose.OFFER, offer))
        page.get_by_label("Yes, I have a place").check()
        if offer == both[1]:
            # While this page is open the other one takes its only time.
            other = page.context.new_page()
            other.goto(private_page(Purpose.OFFER, both[0]))
            other.get_by_label("Yes, I have a place").check()
            other.get_by_role("group", name="When you could meet").get_by_role("radio").first.check()
            other.get_by_role("button", name="Send my answer").click()
            expect(other.get_by_text("is held for you")).to_be_visible()
            other.close()
            page.get_by_role("group", name="When you could meet").get_by_role("radio").first.check()
            page.get_by_role("button", name="Send my answer").click()
            expect(page.get_by_text("was taken in your diary meanwhile").first).to_be_visible()
            expect(page).to_have_title(re.compile("^Error: "))
            checked(page)
            page.get_by_label("Yes, I have a place").check()
            page.get_by_role("button", name="Send my answer").click()
            expect(page.get_by_text("No time is held.")).to_be_visible()
            deliver()

    page.get_by_text("I cannot take this person after all").click()
    page.get_by_label("What should the matcher know?").fill("I am ill.")
    page.get_by_role("button", name="Step back").click()
    expect(page.get_by_role("heading", name="You have stepped back")).to_be_visible()

    for_good(withdraw, both[0].enquiry_id)
    page.goto(private_page(Purpose.OFFER, both[0]))
    expect(page.get_by_role("heading", name="This does not go on")).to_be_visible()
    expect(page.get_by_text("Since then the person has withdrawn.")).to_be_visible()
    lost = for_good(offer_to, someone_writes(), therapist, matcher)
    deliver()
    letter = lost.enquiry.messages.get(kind=MessageKind.OFFER)
    assert for_good(record_bounce, "", f"<{letter.pk}@example.org>")
    for_good(end_undeliverable)
    page.goto(private_page(Purpose.OFFER, lost))
    expect(page.get_by_role("heading", name="Our e-mail about this came back")).to_be_visible()
    checked(page)

    open_offer = for_good(offer_to, someone_writes(), therapist, matcher)
    page.goto(reverse("enquiries:therapist", args=[therapist_token(therapist.private)]))
    until = timezone.localdate() + timedelta(days=20)
    page.get_by_label("Pause me until").fill(f"{until}")
    page.get_by_role("button", name="Pause me").click()
    expect(page.get_by_text(f"until {until.day} {until:%B %Y}")).to_be_visible()
    checked(page)
    page.goto(private_page(Purpose.OFFER, open_offer))
    expect(page.get_by_text("Your diary says that you take no new clients")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Take new clients again").click()
    expect(page.get_by_role("button", name="Take new clients again")).to_have_count(0)
    page.get_by_role("button", name="This is right as of today").click()
    today = timezone.localdate()
    expect(page.get_by_text(f"You confirmed this on {today.day} {today:%B %Y}.")).to_be_visible()
    in_nine_days = SOON + timedelta(days=1)
    enquiry = someone_writes(preferred_times=(in_nine_days,))
    for_good(introduce, enquiry, therapist, matcher, in_nine_days)
    deliver()
    letters_can_be_read(page)


def letters_can_be_read(page: Page) -> None:
    """Each kind that was sent until now, on a phone by day and by night, as its HTML stands alone."""
    by_subject = {re.sub(r" \(.*", "", one.subject): one for one in mail.outbox}
    assert {"Can you help?", "We have your yes", "An introduction", "This does not go on"} <= set(by_subject)
    page.goto("about:blank")  # whose policy lets letters keep their style sheet
    for letter in by_subject.values():
        if not isinstance(letter, EmailMultiAlternatives) or not letter.alternatives:
            continue
        page.set_content(str(letter.alternatives[0].content))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            has_no_barriers(page, rules=[*COLOUR_RULES, "document-title", "html-has-lang", "link-name"])
        fits_its_window(page)


def test_a_visitor_from_the_time_to_what_became_of_it(
    page: Page, therapist: TherapistPage, matcher: User, blocked: list[str]
) -> None:
    enquiry = for_good(
        introduce, someone_writes("America/New_York", preferred_times=(LATER,)), therapist, matcher, LATER
    )
    own_page = private_page(Purpose.STATUS, enquiry)
    page.goto(own_page)
    expect(page.get_by_text("You will talk on")).to_contain_text("(America/New York) – on your clock:")
    expect(page.get_by_role("link", name=MEETING_LINK)).to_be_visible()
    expect(page.get_by_text("and is free.")).to_be_visible()
    expect(page.get_by_role("button", name="I am running late")).to_have_count(0)
    page.get_by_role("link", name=f"See the profile of {therapist.title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(therapist.title)

    soon = timezone.now() + timedelta(minutes=20)
    for_good(enquiry.consultations.update, during=(soon, soon + timedelta(minutes=30)))
    page.goto(own_page)
    page.get_by_role("button", name="I am running late").click()
    expect(page.get_by_text("We have told your therapist that you are running late.")).to_be_visible()
    checked(page)
    for_good(propose, enquiry.pk, [LATER + timedelta(days=1)])
    page.reload()
    page.get_by_role("group", name="Which time suits you?").get_by_role("radio").check()
    page.get_by_role("button", name="Choose this time").click()
    expect(page.get_by_text("You will talk on")).to_be_visible()

    a_conversation_passes(enquiry, 5)
    page.reload()
    page.get_by_role("button", name="We start").click()
    expect(page.get_by_text("you told us: “We start”")).to_be_visible()
    expect(page.get_by_text(f"Your therapist is {therapist.title}")).to_be_visible()
    enquiry.refresh_from_db()
    assert enquiry.state == State.STARTED
    assert enquiry.outcome_reports.get().side == Side.VISITOR
    checked(page)
