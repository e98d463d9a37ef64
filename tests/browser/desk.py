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


#: Kept beside the pages of the site, so that no press is lost where a page is left, nor one in a preview.
COUNT_PRESSES = """
const press = () => { sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1; };
addEventListener("mousedown", press, true);
addEventListener("change", ({ target }) => {
    if (target.tagName === "SELECT") { press(); press(); }
    if (target.type === "file") press();
}, true);
"""
TAKE_PRESSES = """() => {
    const presses = Number(sessionStorage.presses ?? 0);
    sessionStorage.presses = 0;
    return presses;
}"""


class Clicks:
    """Counts what somebody presses with the mouse: two for a choice from a list, one for choosing a file.

    Typing does not count, nor does going to the field where one types.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(COUNT_PRESSES)

    def since_last(self) -> int:
        return int(self.page.evaluate(TAKE_PRESSES))


def choose(page: Page, button: Locator, name: str = "", *, searches: bool = False) -> None:
    """Open a chooser, and take the first of what it lists, or of what has this name."""
    button.click()
    chooser = page.get_by_role("dialog")
    if searches:
        chooser.get_by_label("Search term").fill(name)
    found = chooser.locator(".choose-page, [data-chooser-modal-choice]")
    (found.filter(has_text=name) if name else found).first.click()
    expect(chooser).to_be_hidden()
