"""Visitor → matcher → one therapist declines → the next accepts a time → both invited → moved → erased."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Site

from demo.logins import LOGINS
from tests.browser import journeys
from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.letters import invitation_in, letter_to, link_in
from tests.factories.enquiries import stored_enquiry
from tests.queue_worker import deliver
from therapies.models import ConcernPage
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Offer, OfferState, OutgoingMessage
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.signed_links import Purpose, address
from therapists.models import TherapistPage, TherapistPrivate

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VISITOR = "robin@example.org"
#: What points to the visitor: none of it may be in an e-mail to a therapist, or in an offer.
OF_THE_VISITOR = ("Robin", VISITOR)


@pytest.fixture
def someone(site_url: str, browser: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a browser for one more person, who shares no cookie with the others."""
    contexts: list[BrowserContext] = []

    def arrive() -> Page:
        contexts.append(browser.new_context(base_url=site_url, viewport={"width": 1280, "height": 900}))
        return contexts[-1].new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def links_lead_here(settings, site_url: str) -> None:
    settings.BASE_URL = site_url


def checked(page: Page) -> None:
    has_no_barriers(page)
    fits_its_window(page)


def log_in_as_matcher(page: Page, address: str) -> None:
    [login] = [login for login in LOGINS if login.username == "matcher"]
    page.goto(address)
    page.get_by_role("textbox", name="Username").fill(login.username)
    page.get_by_role("textbox", name="Password").fill(login.password)
    page.get_by_role("button", name="Sign in").click()


def act(page: Page, section: str, button: str, said: str = "Done.") -> None:
    page.get_by_role("region", name=section).get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_contain_text(said)


def shortlist_as_suggested(page: Page) -> None:
    move = page.get_by_role("region", name="Move it on")
    move.get_by_label("To").select_option(label="Being read")
    act(page, "Move it on", "Move")
    act(page, "Whom to ask", "Save the shortlist", "Nobody is asked yet.")
    act(page, "Offer it", "Ask the first on the shortlist", "is asked, and has until")


def is_visitor(address: str) -> bool:
    return address == VISITOR


def is_therapist(address: str) -> bool:
    return TherapistPrivate.objects.filter(offer_email=address).exists()


def open_offer(page: Page) -> None:
    """The latest offer, which says nothing of who it is."""
    letter = letter_to(is_therapist, "Can you help?")
    page.goto(link_in(letter))
    checked(page)
    for word in OF_THE_VISITOR:
        assert word not in str(letter.message())
        assert word not in page.content()


def decline(page: Page) -> None:
    page.get_by_label("No, not this time").check()
    page.get_by_label("Why, if the answer is no").select_option(label="The times do not work for me")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: we have your no")
    checked(page)


def accept(page: Page) -> datetime:
    """The time that the therapist confirms: the first that the visitor gave."""
    page.get_by_label("Yes, I have a place").check()
    time = page.get_by_role("group", name="When you could meet").get_by_role("radio").first
    time.check()
    starts = datetime.fromisoformat(time.get_attribute("value") or "")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: we have your yes")
    expect(page.get_by_role("main")).to_contain_text(f"{timezone.localtime(starts):%H:%M}")
    checked(page)
    return starts


def both_have(method: str, subjects: tuple[str, str], starts: datetime) -> str:
    """Return the identity of the event that both got, in a file that says when and nothing of what for.

    The subjects are those of the letter to the therapist and of that to the visitor.
    """
    identities = set()
    for is_reader, subject in zip((is_therapist, is_visitor), subjects, strict=True):
        letter = letter_to(is_reader, subject)
        calendar = Calendar.from_ical(invitation_in(letter))
        [event] = calendar.walk("VEVENT")
        assert calendar["method"] == method
        assert event.decoded("dtstart") == starts
        # Each finds their own address in it, and nothing of the other.
        assert event.pop("attendee") == f"mailto:{letter.to[0]}"
        assert not re.search(r"Robin|grief|therap", calendar.to_ical().decode(), re.IGNORECASE)
        identities.add(str(event["uid"]))
    [identity] = identities
    return identity


def propose_another_time(page: Page) -> datetime:
    page.goto(link_in(letter_to(is_therapist, "A time is called off")))
    expect(page.get_by_role("main")).to_contain_text("Please propose others.")
    checked(page)
    day = timezone.localdate() + timedelta(days=5)
    page.get_by_label("Time 1").fill(f"{day}T18:30")
    page.get_by_role("button", name="Propose these times").click()
    expect(page.get_by_text("They have been asked to choose")).to_be_visible()
    checked(page)
    return timezone.make_aware(datetime.combine(day, time(18, 30)))


def test_from_the_first_question_to_the_consultation_and_out_again(someone: Callable[[], Page]) -> None:
    visitor, matcher = someone(), someone()
    visitor.goto("/find-a-therapist/")
    journeys.tell_us_what_brings_you(visitor, checked)
    reference = journeys.ask(visitor, checked)
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0
    deliver()
    own_page = link_in(letter_to(is_visitor, "We have your message"))
    visitor.goto(own_page)
    expect(visitor.get_by_role("main")).to_contain_text(reference)
    checked(visitor)

    log_in_as_matcher(matcher, link_in(letter_to(lambda address: not is_visitor(address), "New enquiry")))
    expect(matcher.get_by_role("main")).to_contain_text("Robin")
    has_no_barriers(matcher)
    shortlist_as_suggested(matcher)
    deliver()

    first = someone()
    open_offer(first)
    decline(first)
    first.goto(first.url)
    expect(first.get_by_role("heading", level=1)).to_have_text("Thank you: we have your no")
    checked(first)
    deliver()
    second = someone()
    open_offer(second)
    starts = accept(second)
    enquiry = Enquiry.objects.get(reference=reference)
    assert enquiry.state == State.ACCEPTED
    declined, accepted = Offer.objects.filter(enquiry=enquiry).order_by("made_at")
    assert (declined.state, accepted.state) == (OfferState.DECLINED, OfferState.ACCEPTED)
    assert declined.therapist != accepted.therapist

    matcher.reload()
    act(matcher, "Introduce them", "Release the introduction")
    deliver()
    identity = both_have("REQUEST", ("An introduction", "A time is set"), starts)
    second.goto(link_in(letter_to(is_therapist, "An introduction")))
    expect(second.get_by_role("main")).to_contain_text("Robin")
    checked(second)
    visitor.goto(link_in(letter_to(is_visitor, "A time is set")))
    expect(visitor.get_by_role("main")).to_contain_text(accepted.therapist.title)
    expect(visitor.get_by_text("You will talk on")).to_contain_text(f"{timezone.localtime(starts):%H:%M}")
    checked(visitor)

    visitor.get_by_role("button", name="I cannot make this time").click()
    expect(visitor.get_by_text("has been asked to propose others")).to_be_visible()
    checked(visitor)
    deliver()
    assert both_have("CANCEL", ("A time is called off",) * 2, starts) == identity
    moved_to = propose_another_time(second)
    deliver()
    visitor.goto(link_in(letter_to(is_visitor, "There is news")))
    visitor.get_by_role("group", name="Which time suits you?").get_by_role("radio").check()
    visitor.get_by_role("button", name="Choose this time").click()
    expect(visitor.get_by_text("You will talk on")).to_be_visible()
    checked(visitor)
    deliver()
    assert both_have("REQUEST", ("A time is set",) * 2, moved_to) != identity
    assert not OutgoingMessage.objects.unsent().exists()

    visitor.get_by_label("Yes, erase everything I told you").check()
    visitor.get_by_role("button", name="Erase everything").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("erased")
    checked(visitor)
    assert not Enquiry.objects.filter(pk=enquiry.pk).exists()
    assert visitor.goto(own_page).status == 410
    deliver()
    letter = letter_to(is_therapist, "A time is called off")
    assert enquiry.reference not in str(letter.message())
    assert f"{moved_to:%Y%m%dT%H%M%S}" in invitation_in(letter)
    for letter in mail.outbox:
        assert "Robin" not in str(letter.message())
        assert not re.search(r"grief|loss", f"{letter.subject} {letter.body}", re.IGNORECASE)


@pytest.fixture(scope="module")
def offered_time(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> tuple[UUID, datetime]:
    """An introduced visitor with one time to choose, written for good so that the server sees it."""
    with django_db_blocker.unblock():
        insured = TherapistPage.objects.filter(private__insurance_expires_on__gt=timezone.localdate())
        enquiry = stored_enquiry(ConcernPage.objects.published().first().pk)
        Enquiry.objects.filter(pk=enquiry.pk).update(state=State.INTRODUCED, therapist=insured.last())
        day = timezone.localdate() + timedelta(days=6)
        starts = timezone.make_aware(datetime.combine(day, time(18, 30)))
        propose(enquiry.pk, [starts])
    return enquiry.pk, starts


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/London"])
def test_whoever_reads_elsewhere_sees_the_time_on_their_own_clock(
    offered_time: tuple[UUID, datetime], site_url: str, browser: Browser, zone: str
) -> None:
    key, starts = offered_time
    context = browser.new_context(base_url=site_url, timezone_id=zone, locale="en-GB")
    page = context.new_page()
    page.goto(address(Purpose.STATUS, key))
    words = page.get_by_role("group", name="Which time suits you?").inner_text()
    assert "18:30 (UK time)" in words
    assert ("on your clock" in words) == (zone != "Europe/London")
    assert f"{starts.astimezone(ZoneInfo(zone)):%H:%M}" in words
    has_no_barriers(page)
    context.close()
