"""Tasks of a role: walks in their order, each under the words that `docs/tasks.md` has for it."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, Page, expect

type Walk = Callable[[Page], None]


class RoleTasks:
    """The commonest tasks of a role."""

    def __init__(self, role: str, username: str) -> None:
        self.role = role
        self.username = username
        self.walks: dict[str, Walk] = {}

    def task(self, words: str) -> Callable[[Walk], Walk]:
        """Register the decorated walk. It ends with what shows that the work is done."""

        def register(walk: Walk) -> Walk:
            self.walks[words] = walk
            return walk

        return register


def is_told(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def choose_action(page: Page, name: str) -> None:
    """Press one of the actions beside the button that saves."""
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def open_menu(page: Page, *names: str) -> None:
    """Go through the menu at the side."""
    menu = page.locator("#wagtail-sidebar")
    for name in names[:-1]:
        menu.get_by_role("button", name=name).click()
    menu.get_by_role("link", name=names[-1], exact=True).click()


def line(page: Page, words: str) -> Locator:
    """Return the line of what waits, on the home of the admin, that has these words."""
    return page.locator(".waiting li").filter(has_text=words)


def find_page(page: Page, words: str, title: str) -> None:
    """Open a page from the search of the first page."""
    page.get_by_role("searchbox").or_(page.get_by_label("Search term")).first.fill(words)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=title, exact=True).first.click()


def type_day(field: Locator, day: date, time: str = "") -> None:
    """Type a day as people here do, and go on: what was typed stays."""
    field.focus()
    expect(field.page.locator(".xdsoft_datetimepicker:visible")).to_be_visible()
    field.fill(f"{day:%d/%m/%Y} {time}".strip())
    field.blur()
