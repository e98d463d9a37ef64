"""Every kind of page, in each of the ways it may be seen."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Site

from tests.browser import journeys
from tests.browser.checks import COLOUR_RULES, bears_the_readers_own_spacing, fits_its_window, has_no_barriers
from tests.browser.page_types import MATCHING, PUBLIC
from tests.browser.private_pages import make_private_pages
from tests.browser.screenshots import keep_screenshot

# `django_db` because without it no test database is made; what the server stores is committed all the same.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COLOURS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
NARROW = {"width": 320, "height": 640}
TABLET = {"width": 768, "height": 1024}
WIDE = {"width": 1280, "height": 900}
#: The last is what is left of a wide window at 400 % zoom.
WINDOWS = [NARROW, TABLET, WIDE, {"width": 320, "height": 225}]


class Watched:
    """A page whose errors and requests are kept, as a reader's browser meets them."""

    def __init__(self, page: Page, site_url: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith((site_url, "data:")) or self.strangers.append(request.url),
        )

    def _hear(self, message: ConsoleMessage) -> None:
        """What breaks the content security policy is told here too. The status of the page is not news."""
        if message.type == "error" and message.location["url"] != self.page.url:
            self.errors.append(message.text)


@pytest.fixture(scope="module")
def context(site_url: str, browser: Browser) -> Iterator[BrowserContext]:
    """For all tests of this module: what one page has loaded, such as a stylesheet, the next ones have."""
    context = browser.new_context(base_url=site_url, viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()
    context.clear_cookies()


@pytest.fixture
def watched(page: Page, site_url: str) -> Iterator[Watched]:
    watched = Watched(page, site_url)
    yield watched
    assert watched.errors == []
    assert watched.strangers == []


@pytest.fixture(scope="module")
def private_pages(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    with django_db_blocker.unblock():
        return make_private_pages()


@pytest.fixture(scope="module")
def staff_session(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        client = Client()
        client.force_login(get_user_model().objects.get(username="admin"))
        return client.cookies["sessionid"].value


def holds_up(page: Page, name: str) -> None:
    """In every colour scheme and at every width: no barrier, no scrolling sideways."""
    expect(page.locator("h1")).to_have_count(1)
    for window in WINDOWS:
        page.set_viewport_size(window)
        fits_its_window(page)
        bears_the_readers_own_spacing(page)
    for colours, media in COLOURS.items():
        page.emulate_media(**media, reduced_motion="reduce")
        # Where the reader's own colours stand in for ours, they are the same at every width.
        for window in (NARROW,) if colours == "forced" else (NARROW, WIDE):
            page.set_viewport_size(window)
            # Colours alone differ between the schemes: what else may be wrong was looked for in the first.
            has_no_barriers(page) if colours == "light" else has_no_barriers(page, rules=COLOUR_RULES)
            if colours != "forced":
                keep_screenshot(page, f"{name}-{window['width']}-{colours}", full_page=True)
    page.emulate_media(**COLOURS["light"])


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page(watched: Watched, name: str) -> None:
    response = watched.page.goto(PUBLIC[name])
    assert response.status == (HTTPStatus.NOT_FOUND if name == "not-found" else HTTPStatus.OK)
    holds_up(watched.page, name)
    assert watched.page.context.cookies() == [], "A reader who sends nothing gets no cookie."


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "500.html", "503.html"])
def test_page_that_says_something_went_wrong(watched: Watched, template: str) -> None:
    """As the server sends it, but for what went wrong."""
    page = watched.page
    page.route(
        "/gone-wrong/", lambda route: route.fulfill(body=render_to_string(template), content_type="text/html")
    )
    page.goto("/gone-wrong/")
    holds_up(page, template.partition(".")[0])


@pytest.mark.parametrize(
    "name",
    [
        "status",
        "status-times-proposed",
        "status-time-set",
        "change-reach",
        "change-week",
        "offer",
        "introduction",
        "introduction-time-set",
        "therapist",
        "erased",
    ],
)
def test_private_page(watched: Watched, private_pages: dict[str, str], name: str) -> None:
    assert watched.page.goto(private_pages[name]).status == HTTPStatus.OK
    holds_up(watched.page, name)


def test_every_step_of_the_form(watched: Watched) -> None:
    page = watched.page
    steps: list[str] = []

    def step_holds_up(page: Page) -> None:
        steps.append(page.locator("h1").inner_text())
        holds_up(page, f"form-{len(steps)}")

    page.goto(MATCHING)
    journeys.tell_us_what_brings_you(page, step_holds_up)
    journeys.ask(page, step_holds_up)
    assert len(set(steps)) == 8


def test_step_that_came_back_with_errors(watched: Watched) -> None:
    watched.page.goto(MATCHING)
    journeys.go_on(watched.page)
    expect(watched.page.locator(".error-summary")).to_be_visible()
    holds_up(watched.page, "form-with-errors")


@pytest.mark.parametrize(
    ("name", "adult", "today"), [("needs-help-today", "Yes", "Yes"), ("under-age", "No", "No")]
)
def test_way_out_of_the_form(watched: Watched, name: str, adult: str, today: str) -> None:
    page = watched.page
    page.goto(MATCHING)
    page.get_by_role("group", name="Are you 18 or over?").get_by_label(adult).check()
    page.get_by_role("group", name="Do you need help today").get_by_label(today).check()
    journeys.go_on(page)
    holds_up(page, f"way-out-{name}")


def test_style_guide(watched: Watched, site_url: str, staff_session: str) -> None:
    watched.page.context.add_cookies([{"name": "sessionid", "value": staff_session, "url": site_url}])
    assert watched.page.goto("/styleguide/").status == HTTPStatus.OK
    holds_up(watched.page, "style-guide")
