"""The ten commonest tasks of a profile manager."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.desk import choose
from tests.browser.ten_tasks.role_tasks import (
    RoleTasks,
    choose_action,
    find_page,
    is_told,
    line,
    open_menu,
    type_day,
)
from therapists.enquiries.services.profile_proposals import propose
from therapists.models import TherapistPage, TherapistPrivate
from therapists.profile_changes import Wishes, fees_of

HOME = reverse("wagtailadmin_home")
MANAGER = RoleTasks("Profile manager", "profiles")
TODAY = timezone.localdate()
NEXT_YEAR = TODAY + timedelta(days=365)
SENTENCE = "We can begin wherever you are."
SHEET = "slug,name,about_me\nabdi-warsame,Abdi Warsame,I came here with one bag.\n"


def prepare() -> None:
    """Have somebody propose a change, and somebody's insurance run out."""
    record = private("helen-marsh")
    record.insurance_expires_on = TODAY + timedelta(days=5)
    record.save()
    page = TherapistPage.objects.get(slug="abdi-warsame")
    propose(page, Wishes({"own_sentence": SENTENCE}, {}, [], fees_of(page)), page.latest_revision_id)


def private(slug: str) -> TherapistPrivate:
    return TherapistPrivate.objects.get(therapist__slug=slug)


@MANAGER.task("Confirm the diary of somebody whom the first page names")
def confirms_a_diary(page: Page) -> None:
    page.goto(HOME)
    line(page, "not confirmed").get_by_role("link").first.click()
    page.get_by_role("button", name="Confirm as of today : Kiran Mistry").click()
    is_told(page, "confirmed")


@MANAGER.task("Enter a new insurance")
def enters_an_insurance(page: Page) -> None:
    page.goto(HOME)
    line(page, "insurance to ask for").get_by_role("link", name="Helen Marsh").click()
    type_day(page.locator("#id_insurance_expires_on"), NEXT_YEAR)
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")
    assert private("helen-marsh").insurance_expires_on == NEXT_YEAR


@MANAGER.task("Enter that a registration was renewed, and publish")
def renews_a_registration(page: Page) -> None:
    page.goto(HOME)
    page.locator("#registrations-content").get_by_role("link", name="Julian Frost").click()
    page.get_by_role("tab", name="Registration").click()
    type_day(page.locator("#id_registrations-0-verified_on"), TODAY)
    type_day(page.locator("#id_registrations-0-expires_on"), NEXT_YEAR)
    choose_action(page, "Publish")
    is_told(page, "published")


@MANAGER.task("Read what somebody proposes, and publish it")
def publishes_a_proposal(page: Page) -> None:
    page.goto(HOME)
    row = page.get_by_role("row").filter(has_text="Abdi Warsame")
    row.get_by_role("link", name="What would change").click()
    expect(page.get_by_text("wherever you are.")).to_be_visible()
    page.get_by_role("link", name="Edit").first.click()
    choose_action(page, "Publish")
    is_told(page, "published")


@MANAGER.task("Pause everybody whom visitors see")
def pauses_many(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Therapists", "Profiles")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("link", name="Let the selected therapists take no new clients until a day").click()
    type_day(page.get_by_label("Until"), NEXT_YEAR)
    page.get_by_role("button", name="Pause new clients").click()
    is_told(page, "take no new clients until")


@MANAGER.task("Confirm many diaries")
def confirms_many(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Therapists", "Profiles")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    page.get_by_role("link", name="Confirm the diaries").click()
    page.get_by_role("button", name="Confirm").click()
    is_told(page, "confirmed")


@MANAGER.task("Send somebody the link to their own page")
def sends_a_link(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Therapists", "Diaries")
    page.get_by_role("row", name="Daniel Osei").get_by_role("button", name="Send them the link").click()
    expect(page.locator(".messages")).to_contain_text("Daniel Osei")


@MANAGER.task("Change a fee, and publish")
def changes_a_fee(page: Page) -> None:
    page.goto(HOME)
    find_page(page, "lucy", "Lucy Chen")
    page.get_by_role("tab", name="Practice").click()
    page.locator("#id_fees-0-fee").fill("75")
    choose_action(page, "Publish")
    is_told(page, "published")


@MANAGER.task("Bring in a spreadsheet of profiles")
def brings_in_a_spreadsheet(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Therapists", "Profiles")
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Spreadsheet").click()
    page.get_by_label("The spreadsheet").set_input_files(
        {"name": "profiles.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Bring this in as drafts").click()
    expect(page.get_by_text("profiles have a new draft")).to_be_visible()


@MANAGER.task("Enter that somebody left")
def enters_who_left(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Therapists", "Who left")
    page.get_by_role("link", name="Add").first.click()
    choose(page, page.get_by_role("button", name="Choose a page (Therapist)"), "Marcus Bell")
    type_day(page.locator("#id_left_on"), TODAY)
    page.get_by_label("They go on together").check()
    page.get_by_role("button", name="Create").click()
    is_told(page, "created")
