"""The ten commonest tasks of an administrator."""

from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.contrib.redirects.models import Redirect

from home.models import CrisisHelp
from tests.browser.desk import choose
from tests.browser.ten_tasks.role_tasks import RoleTasks, find_page, is_told, open_menu, type_day

HOME = reverse("wagtailadmin_home")
ADMINISTRATOR = RoleTasks("Administrator", "keeper")
PASSWORD = "brisk-meadow-lantern-41"


def prepare() -> None:
    """Make somebody who is an administrator by their group alone."""
    keeper = User.objects.create_user("keeper", "keeper@example.org", PASSWORD)
    keeper.groups.add(Group.objects.get(name="Administrator"))
    # As accounts are that were made in the admin: it asks for all of these.
    for person in User.objects.filter(username__in=["editor", "profiles"]):
        person.email, person.last_name = f"{person.username}@example.org", "Sample"
        person.save()


@ADMINISTRATOR.task("Give somebody an account with a role")
def gives_an_account(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Users")
    page.get_by_role("link", name="Add a user").click()
    for name, words in (
        ("username", "newcomer"),
        ("email", "newcomer@example.org"),
        ("first_name", "Nia"),
        ("last_name", "Sample"),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ):
        page.locator(f"[name={name}]").fill(words)
    page.get_by_role("tab", name="Roles").first.click()
    page.get_by_label("Content editor").check()
    page.get_by_role("button", name="Create").click()
    is_told(page, "created")


@ADMINISTRATOR.task("Close the account of somebody who left")
def closes_an_account(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Users")
    page.get_by_role("link", name="Edie").click()
    page.get_by_label("Active").uncheck()
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")


@ADMINISTRATOR.task("Give somebody another role")
def gives_a_role(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Users")
    page.get_by_role("link", name="Pia").click()
    page.get_by_role("tab", name="Roles").first.click()
    page.get_by_label("Content editor").check()
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")


@ADMINISTRATOR.task("Change the practice’s phone number")
def changes_the_phone(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Practice")
    page.locator("#id_contact_phone").fill("020 7946 0018")
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")


@ADMINISTRATOR.task("Say that the help lines were rung")
def says_that_lines_were_rung(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Urgent help")
    type_day(page.locator("#id_checked_on"), timezone.localdate())
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")
    assert CrisisHelp.objects.get().checked_on == timezone.localdate()


@ADMINISTRATOR.task("Lead an old address to a page")
def leads_an_old_address_on(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Redirects")
    page.get_by_role("link", name="Add redirect").click()
    page.locator("#id_old_path").fill("/old-leaflet/")
    choose(page, page.get_by_role("button", name="Choose a page"), "Fees", searches=True)
    page.get_by_role("button", name="Create").click()
    is_told(page, "added")
    assert Redirect.objects.get(old_path="/old-leaflet").redirect_page.slug == "fees"


@ADMINISTRATOR.task("Put a page first for a word that visitors search for")
def recommends(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Promoted search results")
    page.get_by_role("link", name="Add").first.click()
    page.locator("#id_query_string").fill("price")
    page.get_by_role("button", name="Add a recommended result").click()
    choose(
        page, page.locator(".page-chooser [data-chooser-action-choose]:visible").last, "Fees", searches=True
    )
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/searchpicks/")


@ADMINISTRATOR.task("Put a link at the top of every page")
def adds_a_link(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Settings", "Navigation")
    page.get_by_role("button", name="Add").first.click()
    choose(
        page,
        page.get_by_role("button", name="Choose a page").locator("visible=true").last,
        "Fees",
        searches=True,
    )
    page.get_by_role("button", name="Save").click()
    is_told(page, "updated")


@ADMINISTRATOR.task("Try whether e-mail arrives")
def tries_e_mail(page: Page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name="Try your e-mail").click()
    page.get_by_role("button", name="Send a test mail").click()
    expect(page.locator(".messages")).to_contain_text("Sent to")


@ADMINISTRATOR.task("Take a page down")
def takes_a_page_down(page: Page) -> None:
    page.goto(HOME)
    find_page(page, "accessibility", "Accessibility statement")
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Unpublish").click()
    page.get_by_role("button", name="unpublish").click()
    is_told(page, "unpublished")
