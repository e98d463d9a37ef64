"""The example in Next.js, built from the demo content over the API. `make example` fetches what it needs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from core.webhooks import queue as outbox
from core.webhooks.models import Delivery
from new_practice.loading.fixed_pages import set_site_address
from tests.api.starter import free_port
from tests.at_one_moment import at_one_moment
from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.desk import log_in
from tests.browser.journeys import QUICKEST_PERSON
from tests.browser.nextjs_site import SOURCE, build, started
from tests.factories.webhooks import EndpointFactory
from tests.node_tools import needs
from therapies.models import TherapyPage
from therapists.enquiries.models import Enquiry

ARTICLE = "/therapies/interpersonal-therapy/"
OTHER_ARTICLE = "/therapies/cognitive-behavioural-therapy/"
FORM = "/find-a-therapist/"
#: Without what npm installs, makes or locks, and without the drawing.
WRITTEN = ["*.ts", "*.tsx", "*.css"]

pytestmark = [
    pytest.mark.browser,
    needs(SOURCE / "node_modules", command="make example"),
]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Another origin than the site's, which the practice knows: for browsers, webhooks and drafts."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with override_settings(
        CORS_ALLOWED_ORIGINS=[url],
        HEADLESS_PREVIEW_URLS=[f"{url}/api/draft/"],
        WEBHOOK_ALLOWED_HOSTS=["127.0.0.1"],
    ):
        yield port


@pytest.fixture(scope="module")
def site_url(port: int, site_url: str) -> str:
    """The front end is named before the server starts, as in a deployment."""
    return site_url


@pytest.fixture(scope="module")
def front_end(port: int, site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of its front page, without the slash."""
    with django_db_blocker.unblock():
        set_site_address(site_url)
        endpoint = EndpointFactory(url=f"http://127.0.0.1:{port}/api/webhooks/")
        secret = endpoint.secrets.get().sealed_secret
    with override_settings(WAGTAILAPI_BASE_URL=site_url):
        build(site_url)
        with started(site_url, port=port, webhook_secret=secret) as url:
            yield url


@pytest.fixture
def reader(front_end: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=front_end, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/", "/therapies/", ARTICLE, FORM])
def test_page_has_no_barriers_and_asks_no_one_else(
    browser: Browser, front_end: str, site_url: str, path: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    for scheme, width in (("light", 320), ("dark", 1280)):
        context = browser.new_context(
            base_url=front_end, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: refused.append(message.text))
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.goto(path, wait_until="networkidle")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("contentinfo").get_by_role("link", name="999")).to_be_visible()
        has_no_barriers(page)
        fits_its_window(page)
        context.close()

    assert [url for url in asked if not url.startswith((f"{front_end}/", f"{site_url}/", "data:"))] == []
    assert refused == []


def test_what_is_not_there_is_a_404(reader: Page) -> None:
    for path in ("/therapies/no-such-therapy/", "/no-such-page/"):
        answer = reader.goto(path)
        assert answer and answer.status == 404


def test_a_change_is_shown_once_the_webhook_tells_of_it(reader: Page) -> None:
    reader.goto(ARTICLE)
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_have_text("Interpersonal therapy (IPT)")

    done_for_good(lambda: publish(ARTICLE, title="Talking about people"))
    done_for_good(lambda: publish(OTHER_ARTICLE, title="Another name"))
    reader.reload()
    expect(heading).to_have_text("Interpersonal therapy (IPT)")

    done_for_good(tell_front_ends)
    reader.reload()
    expect(heading).to_have_text("Talking about people (IPT)")
    reader.goto("/therapies/")
    expect(reader.get_by_role("link", name="Talking about people")).to_be_visible()
    expect(reader.get_by_role("link", name="Another name")).to_be_visible()


def test_a_message_that_is_not_the_practices_is_refused(reader: Page) -> None:
    answer = reader.request.post("/api/webhooks/", data='{"data": {"keys": ["all"]}}')
    assert answer.status == 401


def test_an_editor_sees_a_draft_in_the_panel_and_nobody_else_does(
    page: Page, context: BrowserContext, reader: Page, front_end: str, site_url: str
) -> None:
    expect.set_options(timeout=30_000)
    path = "/therapies/couples-therapy/"
    log_in(page, "editor")
    page.goto(reverse("wagtailadmin_pages:edit", args=[therapy_at(path).pk]))
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    # Wagtail loses a choice that is made while it still loads what was chosen before.
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Preview mode").select_option("In the front end")
    expect(frame.get_by_text("You see a draft.")).to_be_visible()
    page.locator("#id_title").fill("")
    page.locator("#id_title").press_sequentially("Never published")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Never published")
    frame.locator("dl[data-edit-url]").click(position={"x": 2, "y": 2})
    expect(page.locator("#id_values-FORMS :focus")).to_be_in_viewport()

    with context.expect_page() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Never published")
    assert tab.url == f"{front_end}{path}"
    expect(tab.locator("wagtail-userbar")).to_have_count(1)
    with context.expect_page() as opened:
        tab.locator("p[data-edit-url$='summary']").click()
    expect(opened.value.locator("#id_summary")).to_be_focused()
    opened.value.close()
    answer = reader.goto(path)
    assert answer and answer.headers["content-security-policy"] == f"frame-ancestors 'self' {site_url}"
    expect(reader.get_by_role("heading", level=1)).not_to_contain_text("Never published")
    expect(reader.locator("[data-edit-url]")).to_have_count(0)

    tab.get_by_role("button", name="Leave the draft").click()
    expect(tab.get_by_text("You see a draft.")).to_have_count(0)
    expect(tab.get_by_role("heading", level=1)).not_to_contain_text("Never published")


def test_a_made_up_token_opens_nothing(reader: Page) -> None:
    answer = reader.goto("/api/draft/?content_type=therapies.therapypage&token=made-up")
    assert answer and answer.status == 403


@pytest.mark.parametrize(("adult", "today"), [("No", "No"), ("Yes", "Yes")])
def test_someone_whom_the_form_cannot_help_is_shown_who_can(reader: Page, adult: str, today: str) -> None:
    before = Enquiry.objects.count()
    reader.goto(FORM)
    begin(reader, adult=adult, today=today)

    expect(reader.get_by_role("heading", name="There is better help for you")).to_be_focused()
    expect(reader.get_by_role("contentinfo").get_by_role("link", name="999")).to_be_visible()
    has_no_barriers(reader)
    assert Enquiry.objects.count() == before


def test_an_enquiry_is_sent_once_although_its_first_answer_is_lost(reader: Page) -> None:
    before = Enquiry.objects.count()
    reader.goto(FORM)
    go_on(reader)
    expect(reader.get_by_role("alert").filter(has_text="18 or over")).to_be_visible()
    begin(reader)
    reader.get_by_role("group", name="main thing that brings you").get_by_label("Feeling low").check()
    go_on(reader)
    reader.get_by_role("group", name="Who is it for?").get_by_label("Me", exact=True).check()
    go_on(reader)
    reader.get_by_role("group", name="How could you meet?").get_by_label("Video").check()
    go_on(reader)
    expect(reader.get_by_role("heading", name="Make these fit better")).to_be_focused()
    go_on(reader)
    reader.get_by_label("What should we call you?").fill("Robin")
    send(reader)
    expect(reader.get_by_role("alert").filter(has_text="agreement")).to_be_visible()
    has_no_barriers(reader)

    reader.get_by_label("E-mail address").fill("robin@example.org")
    reader.get_by_role("group", name="Is it safe for us to e-mail you?").get_by_label("Yes").check()
    reader.get_by_label("I agree").check()
    reader.wait_for_timeout(QUICKEST_PERSON)
    reader.route("**/api/v2/enquiries/", lambda route: (route.fetch(), route.abort()), times=1)
    send(reader)
    expect(reader.get_by_text("Your reference is")).to_be_visible()
    has_no_barriers(reader)
    assert Enquiry.objects.count() == before + 1
    link = reader.get_by_role("link", name="See where it stands")
    assert "/enquiries/status/" in (link.get_attribute("href") or "")


def test_it_is_small() -> None:
    files = [file for pattern in WRITTEN for file in (SOURCE / "src").rglob(pattern)]
    assert sum(len(file.read_text().splitlines()) for file in files) <= 600


def begin(page: Page, *, adult: str = "Yes", today: str = "No") -> None:
    page.get_by_role("group", name="Are you 18 or over?").get_by_label(adult).check()
    page.get_by_role("group", name="Do you need help today").get_by_label(today).check()
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to the practice").click()


def therapy_at(path: str) -> TherapyPage:
    return TherapyPage.objects.get(slug=path.split("/")[-2])


def publish(path: str, *, title: str) -> None:
    therapy = therapy_at(path)
    therapy.title = title
    therapy.save_revision().publish()


def tell_front_ends() -> None:
    """What the worker does with every message that is due, or will be."""
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    for pk in list(Delivery.objects.due().values_list("pk", flat=True)):
        outbox.deliver(str(pk))
    assert not Delivery.objects.exclude(status_code=204).exists()


def done_for_good(call) -> None:
    """On a connection of its own: what a test does on its own is seen by no one else."""
    [outcome] = at_one_moment(call)
    assert outcome is None
