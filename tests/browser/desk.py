"""What the tests of the admin begin with."""

from django.urls import reverse
from playwright.sync_api import Page

from demo.logins import LOGINS


def log_in(page: Page, username: str) -> None:
    [login] = [login for login in LOGINS if login.username == username]
    page.goto(reverse("wagtailadmin_login"))
    page.get_by_label("Username").fill(login.username)
    page.get_by_label("Password").fill(login.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
