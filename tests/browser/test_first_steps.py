"""An owner's way: a practice made by the command, the first steps in the admin, an open site, an enquiry."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from core.models import BackupRun
from tests.browser import journeys
from tests.browser.checks import has_no_barriers
from tests.browser.letters import letter_to
from tests.new_practice.conftest import OWNER, make_practice
from tests.queue_worker import a_worker, deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TODAY = timezone.localdate().isoformat()
NEXT_YEAR = timezone.localdate().replace(day=1, year=timezone.localdate().year + 1).isoformat()
PASSWORD = "a-long-walk-by-the-sea"


@pytest.fixture(scope="module")
def own_url(module_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a new practice, served by a thread of the test process."""
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        make_practice(PRACTICE_WEB_ADDRESS=server.url)
        # A worker and a backup are the server's to have: their own tests make them.
        a_worker()
        BackupRun.objects.record(timezone.now(), size=1)
        yield server.url
        server.stop()


@pytest.fixture
def owner(browser: Browser, own_url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=own_url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def links_lead_here(settings, own_url: str) -> None:
    settings.BASE_URL = own_url


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(OWNER["DJANGO_SUPERUSER_USERNAME"])
    page.get_by_label("Password").fill(OWNER["DJANGO_SUPERUSER_PASSWORD"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


def begin(page: Page, step: str, left: int) -> None:
    """Open a step from the home of the admin, which lists so many still."""
    page.goto("/admin/")
    expect(page.locator(".first-steps > li")).to_have_count(left)
    page.get_by_role("link", name=step).click()
    expect(page.locator(".first-steps")).to_have_count(0)


def fill(page: Page, **answers: str) -> None:
    """Fill in fields by their names: their labels stand in the form three times."""
    for name, answer in answers.items():
        page.locator(f"form [name={name}]").fill(answer)


def publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()


def add_to_team(page: Page, name: str) -> None:
    fill(page, username=name.lower(), email=f"{name.lower()}@harbourhill.example")
    fill(page, first_name=name, last_name="Reed", password1=PASSWORD, password2=PASSWORD)
    page.get_by_role("tab", name="Roles").last.click()
    page.get_by_label("Matching team").check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text(f"User '{name.lower()}' created.")).to_be_visible()


def show_a_therapist(page: Page) -> None:
    fill(page, title="Ira Stone", professional_title="Counsellor")
    page.get_by_role("tab", name="Practice").click()
    page.locator("[name=formats][value=video]").check()
    page.locator("[name=languages][value=en]").check()
    page.get_by_role("button", name="Add client group").click()
    fee = page.locator("#id_fees-FORMS > *").last
    fee.locator("[name$=-group]").select_option("individual")
    fee.locator("[name$=-fee]").fill("60")
    page.get_by_role("tab", name="Registration").click()
    page.get_by_role("button", name="Add registration").click()
    row = page.locator("#id_registrations-FORMS > *").last
    row.locator("[name$=-body]").select_option("bacp")
    row.locator("[name$=-number]").fill("12345")
    row.locator("[name$=-register_url]").fill("https://www.bacp.co.uk/search/Register")
    row.locator("[name$=-verified_on]").fill(TODAY)
    row.locator("[name$=-expires_on]").fill(NEXT_YEAR)
    publish(page)
    expect(page.get_by_text("created and published")).to_be_visible()


def test_an_owner_opens_the_practice_and_two_people_hear_of_an_enquiry(
    owner: Page, browser: Browser, own_url: str
) -> None:
    expect.set_options(timeout=30_000)
    sign_in(owner)
    has_no_barriers(owner)

    begin(owner, "Say how to reach you", left=6)
    fill(owner, contact_phone="0131 496 0000")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Practice updated.")).to_be_visible()

    begin(owner, "Try your e-mail", left=5)
    owner.get_by_role("button", name="Send a test mail").click()
    expect(owner.get_by_text(f"Sent to {OWNER['PRACTICE_EMAIL']}.")).to_be_visible()

    for left, name in [(4, "Maya"), (4, "Noor")]:
        begin(owner, "Put two people on the Matching team", left)
        add_to_team(owner, name)

    begin(owner, "Show a therapist with a checked registration", left=3)
    show_a_therapist(owner)

    begin(owner, "Read the privacy words", left=2)
    fill(owner, name="Olive Reed", credentials="owner of the practice")
    owner.get_by_role("combobox", name="Account").select_option(OWNER["DJANGO_SUPERUSER_USERNAME"])
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("created.")).to_be_visible()
    begin(owner, "Read the privacy words", left=2)
    owner.get_by_role("tab", name="Review").click()
    owner.get_by_role("link", name="Sign off the saved draft").click()
    owner.get_by_role("button", name="Sign off").click()
    expect(owner.get_by_text("Signed off:")).to_be_visible()

    begin(owner, "Check the urgent help lines", left=1)
    fill(owner, checked_on=TODAY)
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Urgent help updated.")).to_be_visible()
    owner.goto("/admin/")
    expect(owner.get_by_role("heading", level=1)).to_be_visible()
    expect(owner.get_by_text("Before you open")).to_have_count(0)

    visitor = browser.new_context(
        base_url=owner.url.partition("/admin/")[0], viewport={"width": 320, "height": 700}
    )
    page = visitor.new_page()
    page.goto("/therapists/")
    expect(page.get_by_role("main")).to_contain_text("Ira Stone")
    page.get_by_role("contentinfo").get_by_role("link", name="Find a therapist").click()
    reference = enquire(page)
    visitor.close()
    deliver()
    for reader, subject in [
        (OWNER["PRACTICE_EMAIL"], "New enquiry"),
        ("robin@example.org", "We have your message"),
    ]:
        letter = letter_to(lambda address, reader=reader: address == reader, subject)
        assert reference in letter.subject
        assert OWNER["PRACTICE_NAME"] in str(letter.body)
    assert all("My Therapist Online" not in str(letter.message()) for letter in mail.outbox)


def enquire(page: Page) -> str:
    """Fill in the form as someone who finds no concern in the list, and return the number of the enquiry."""
    page.get_by_role("group", name="Are you 18 or over?").get_by_label("Yes").check()
    page.get_by_role("group", name="Do you need help today").get_by_label("No").check()
    journeys.go_on(page)
    page.get_by_label("Something else, or I am not sure").check()
    journeys.go_on(page)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    journeys.go_on(page)
    page.get_by_role("group", name="How could you meet?").get_by_label("Video").check()
    journeys.go_on(page)
    page.get_by_label("Please choose for me").check()
    journeys.go_on(page)
    journeys.say_how_to_reach_you(page)
    journeys.go_on(page)
    return journeys.send(page, has_no_barriers)
