"""The page of the API's description, in Swagger UI under our content security policy."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

DOCS = "/api/v2/docs/"


@pytest.fixture
def docs(page: Page, site_url: str):
    """The loaded page. At the end nothing was asked of other hosts, and the console has no errors."""
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: message.type in ("error", "warning") and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(DOCS)
    expect(page.get_by_role("heading", name="The content API")).to_be_visible()
    yield page
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(site_url).netloc}
    assert errors == []


def operation(page: Page, operation_id: str):
    return page.locator(f".opblock[id$='-{operation_id}']")


def test_it_shows_every_operation(docs: Page, page: Page):
    described = page.request.get("/api/v2/openapi.json").json()
    ids = [told["operationId"] for methods in described["paths"].values() for told in methods.values()]

    assert len(ids) > 30
    for operation_id in ids:
        expect(operation(docs, operation_id)).to_be_visible()


def test_an_operation_can_be_tried_with_the_keyboard(docs: Page):
    listed = operation(docs, "listTherapies")
    listed.locator(".opblock-summary-control").focus()
    docs.keyboard.press("Enter")
    listed.get_by_role("button", name="Try it out").focus()
    docs.keyboard.press("Enter")
    listed.get_by_placeholder("limit").fill("2")
    listed.get_by_role("button", name="Execute").focus()
    docs.keyboard.press("Enter")

    answer = listed.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").last).to_contain_text("200")
    expect(listed.locator(".request-url")).to_contain_text("limit=2")
    expect(answer.locator(".microlight, .highlight-code").first).to_contain_text("therapies.TherapyPage")
