"""The example front end, built from the demo content over the API. `make example` fetches what it needs."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth import get_user_model
from django.core.signals import request_started
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.plugin import DjangoDbBlocker

from new_practice.loading.fixed_pages import set_site_address
from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.example_site import SOURCE, BuiltSite, build, served
from tests.browser.journeys import QUICKEST_PERSON
from tests.factories.enquiries import introduce, stored_enquiry
from tests.node_tools import needs
from therapies.models import ConcernPage
from therapists.enquiries.models import ConsultationState, Enquiry
from therapists.enquiries.services.consultations import propose
from therapists.enquiries.signed_links import Purpose, token
from therapists.models import TherapistPage

PAGES = {
    "home": "/",
    "article": "/therapies/interpersonal-therapy/",
    "concern": "/concerns/depression/",
    "comparison-with-article": "/therapies/compare/dit-vs-ipt/",
    "comparison-pair": "/therapies/compare/act-vs-cbt/",
    "therapies": "/therapies/",
    "concerns": "/concerns/",
    "directory": "/therapists/",
    "profile": "/therapists/amara-okafor/",
    "information": "/get-help-now/",
    "form": "/find-a-therapist/",
    "private": "/your-enquiry/",
    "not-found": "/404.html",
}
FORM = PAGES["form"]
#: Of the API, for the whole site: the description among them.
MOST_REQUESTS = 25

pytestmark = [
    pytest.mark.browser,
    needs(SOURCE / "node_modules", command="make example"),
]


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """What the build asked the practice for."""
    return []


@pytest.fixture(scope="module")
def folder(
    site_url: str,
    asked: list[str],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    def keep(environ: dict[str, str], **kwargs: object) -> None:
        asked.append(environ["PATH_INFO"])

    with django_db_blocker.unblock():
        set_site_address(site_url)
    folder = tmp_path_factory.mktemp("example")
    with override_settings(WAGTAILAPI_BASE_URL=site_url):
        request_started.connect(keep)
        build(site_url, folder)
        request_started.disconnect(keep)
        yield folder


@pytest.fixture(scope="module")
def built(folder: Path) -> BuiltSite:
    return BuiltSite(folder)


@pytest.fixture(scope="module")
def example_url(folder: Path) -> Iterator[str]:
    """Another origin than the site's: browsers may ask the API because it is on the list."""
    with served(folder) as url, override_settings(CORS_ALLOWED_ORIGINS=[url]):
        yield url


@pytest.fixture
def context(example_url: str, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=example_url, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def introduced(site_url: str, django_db_blocker: DjangoDbBlocker) -> Enquiry:
    """An enquiry whose therapist knows how to reach the visitor, and proposes two times."""
    with django_db_blocker.unblock():
        enquiry = stored_enquiry(ConcernPage.objects.get(slug="depression").pk)
        therapist = TherapistPage.objects.get(slug="amara-okafor")
        introduce(enquiry, therapist, get_user_model().objects.get(username="matcher"))
        propose(enquiry.pk, [timezone.now() + timedelta(days=days) for days in (3, 4)])
        return enquiry


def test_each_public_path_has_a_page_and_no_link_is_broken(built: BuiltSite, site_url: str) -> None:
    with urlopen(f"{site_url}/api/v2/paths/", timeout=30) as answer:
        paths = {row["path"] for row in json.load(answer)["items"]}

    assert paths - set(built.pages) == set()
    assert len(paths) > 60
    assert built.broken_links() == []


def test_a_few_requests_build_all_of_it(built: BuiltSite, asked: list[str]) -> None:
    assert "/api/v2/pages/" in asked
    assert len(asked) <= MOST_REQUESTS, asked
    assert len(built.pages) > 2 * MOST_REQUESTS


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_barriers_and_asks_no_one_else(
    browser: Browser, example_url: str, site_url: str, name: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    for scheme, width in (("light", 320), ("dark", 1280)):
        context = browser.new_context(
            base_url=example_url, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: refused.append(message.text))
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.goto(PAGES[name], wait_until="networkidle")
        has_no_barriers(page)
        fits_its_window(page)
        context.close()

    assert [url for url in asked if not url.startswith((f"{example_url}/", f"{site_url}/", "data:"))] == []
    assert refused == []


def test_the_directory_shows_whom_the_api_finds(page: Page) -> None:
    page.goto(PAGES["directory"])
    people = page.locator("#therapists > li:visible")
    everyone = people.count()

    page.get_by_label("What brings you").select_option("Grief, loss and bereavement")
    expect(page.get_by_text(f" of {everyone} therapists")).to_be_visible()
    assert 0 < people.count() < everyone
    page.get_by_label("At most, in pounds a session").fill("1")
    page.get_by_label("Has a place for someone new").check()
    expect(people).to_have_count(0)
    has_no_barriers(page)
    page.get_by_role("button", name="Show everyone").click()
    expect(people).to_have_count(everyone)
    assert page.url.endswith(PAGES["directory"])


def test_without_javascript_everyone_is_listed_and_the_form_leads_to_one_that_works(
    browser: Browser, example_url: str, site_url: str
) -> None:
    context = browser.new_context(base_url=example_url, java_script_enabled=False)
    page = context.new_page()

    page.goto(PAGES["directory"])
    assert page.locator("#therapists > li:visible").count() > 20
    page.goto(FORM)
    link = page.get_by_role("link", name="the form on the practice’s own site")
    assert link.get_attribute("href") == f"{site_url}{FORM}"
    context.close()


@pytest.mark.parametrize(("adult", "today"), [("No", "No"), ("Yes", "Yes")])
def test_someone_whom_the_form_cannot_help_is_shown_who_can(page: Page, adult: str, today: str) -> None:
    before = Enquiry.objects.count()
    page.goto(f"{FORM}#ask=999999999")  # from a profile that is gone
    begin(page, adult=adult, today=today)

    expect(page.get_by_role("heading", name="There is better help for you")).to_be_focused()
    expect(page.get_by_role("main").get_by_role("link", name="999")).to_be_visible()
    has_no_barriers(page)
    assert Enquiry.objects.count() == before


def test_an_enquiry_whose_answer_was_lost_is_made_once_and_leads_to_its_private_page(page: Page) -> None:
    before = Enquiry.objects.count()
    page.goto(PAGES["profile"])
    page.get_by_role("link", name="Ask about seeing").click()
    reach_the_suggestions(page)
    expect(page.get_by_role("group", name="Who would you like to ask?")).to_contain_text("Amara Okafor")
    has_no_barriers(page)
    page.get_by_label("Please choose for me").check()
    go_on(page)

    page.get_by_label("What should we call you?").fill("Robin")
    send(page)
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#q-consent-error")).to_contain_text("agreement")
    has_no_barriers(page)
    page.get_by_label("E-mail address").fill("robin@example.org")
    page.get_by_role("group", name="Is it safe for us to e-mail you?").get_by_label("Yes").check()
    page.get_by_label("I agree").check()
    page.wait_for_timeout(QUICKEST_PERSON)
    page.route("**/api/v2/enquiries/", lose_the_answer, times=4)  # and is tried again three times
    send(page)
    expect(page.get_by_text("We could not reach the practice.")).to_be_visible()
    assert Enquiry.objects.count() == before + 1

    send(page)
    expect(page.get_by_text("Your reference is")).to_be_visible()
    has_no_barriers(page)
    enquiry = Enquiry.objects.latest("received_at")
    assert Enquiry.objects.count() == before + 1
    assert page.locator("#reference").inner_text() == enquiry.reference
    leaves_nothing_in_the_browser(page)

    page.get_by_role("link", name="See where it stands").click()
    expect(page.get_by_text(f"Reference {enquiry.reference}")).to_be_visible()
    has_no_barriers(page)
    leaves_nothing_in_the_browser(page)
    page.get_by_role("button", name="Erase my enquiry").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Your enquiry is erased.")).to_be_visible()
    assert Enquiry.objects.count() == before
    assert page.url.endswith(PAGES["private"])


def test_a_firm_limit_is_eased_only_when_asked(page: Page) -> None:
    page.goto(FORM)
    reach_what_makes_it_fit(page)
    page.get_by_label("Sunday evening").check()
    page.get_by_label("I can only do these times").check()
    go_on(page)
    expect(page.get_by_text("Today no one here meets everything you told us.")).to_be_visible()
    has_no_barriers(page)

    page.get_by_role("button", name="Leave it out").click()
    expect(
        page.get_by_role("group", name="Who would you like to ask?").get_by_label("Ask ").first
    ).to_be_visible()


def test_a_proposed_time_is_chosen_and_called_off(page: Page, introduced: Enquiry) -> None:
    page.goto(f"{PAGES['private']}#{token(Purpose.STATUS, introduced.pk)}")
    times = page.get_by_role("group", name="Choose a time for your first consultation")
    expect(times.get_by_role("radio")).to_have_count(2)
    has_no_barriers(page)

    times.get_by_role("radio").last.check()
    page.get_by_role("button", name="Choose this time").click()
    expect(page.get_by_text("Your first consultation:")).to_be_visible()
    has_no_barriers(page)
    assert introduced.consultations.get(state=ConsultationState.CONFIRMED)

    page.get_by_role("button", name="I cannot make that time").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Your first consultation:")).to_be_hidden()
    assert not introduced.consultations.filter(state=ConsultationState.CONFIRMED).exists()


def begin(page: Page, *, adult: str = "Yes", today: str = "No") -> None:
    page.get_by_role("group", name="Are you 18 or over?").get_by_label(adult).check()
    page.get_by_role("group", name="Do you need help today").get_by_label(today).check()
    go_on(page)


def reach_the_suggestions(page: Page) -> None:
    go_on(page)
    expect(page.locator("#problems")).to_be_focused()
    reach_what_makes_it_fit(page)
    go_on(page)


def reach_what_makes_it_fit(page: Page) -> None:
    begin(page)
    page.get_by_label("main thing that brings you").select_option("Feeling low or depressed")
    go_on(page)
    page.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    go_on(page)
    page.get_by_role("group", name="How could you meet?").get_by_label("Video").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Make these fit better")).to_be_focused()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to the practice").click()


def lose_the_answer(route: Route) -> None:
    """It arrives at the practice, and nothing comes back."""
    assert route.fetch().status == 201
    route.abort()


def leaves_nothing_in_the_browser(page: Page) -> None:
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert "?" not in page.url
