"""What the tests of the admin begin with."""

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from demo.logins import LOGINS


def log_in(page: Page, username: str) -> None:
    [login] = [login for login in LOGINS if login.username == username]
    page.goto(reverse("wagtailadmin_login"))
    page.get_by_label("Username").fill(login.username)
    page.get_by_label("Password").fill(login.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


class Clicks:
    """Counts what somebody presses with the mouse. A choice from a list counts as one more."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.expose_function("countPress", self.press)
        page.add_init_script("addEventListener('mousedown', () => window.countPress(), true)")

    def press(self) -> None:
        self.count += 1

    def since_last(self) -> int:
        counted, self.count = self.count, 0
        return counted


def choose(page: Page, button: Locator, name: str = "") -> None:
    """Open a chooser, and take the first of what it lists, or of what is named so."""
    button.click()
    chooser = page.get_by_role("dialog")
    found = chooser.locator(".choose-page, [data-chooser-modal-choice]")
    (found.filter(has_text=name) if name else found).first.click()
    expect(chooser).to_be_hidden()
