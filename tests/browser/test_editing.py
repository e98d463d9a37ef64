"""An editor's work on a therapy and a matcher's on an enquiry, with every report of a blocked script kept.

The content security policy allows no inline script. Where the admin relies on one, nothing is said: a
button does nothing. So each widget is used here, and its effect looked for.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.desk import choose
from tests.factories.enquiries import stored_enquiry
from therapies.models import ConcernPage, TherapyPage
from therapists.enquiries.models import Enquiry

# `django_db` because without it no test database is made; what the server stores is committed all the same.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NOTE = "Checked once more in the browser."


def open_therapy(page: Page) -> TherapyPage:
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    page.goto(reverse("wagtailadmin_pages:edit", args=[therapy.pk]))
    return therapy


#: As Google Docs puts it on the clipboard: all in one <b>, and what is bold said by styles.
GOOGLE_DOCS = (
    '<b style="font-weight:normal;" id="docs-internal-guid-0"><p dir="ltr">'
    '<span style="font-weight:700;font-style:normal;white-space:pre-wrap">Bold words</span>'
    '<span style="font-weight:400;font-style:normal"> then plain, </span>'
    '<span style="font-weight:400;font-style:italic">slanted</span></p></b>'
)
PASTE = """(editor, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "Bold words then plain, slanted");
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_an_editor_changes_facts_and_dates_and_publishes(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("reviewer")
    therapy = open_therapy(page)

    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.press("End")
    page.keyboard.type(f" {NOTE}")
    text.evaluate(PASTE, GOOGLE_DOCS)
    expect(page.get_by_text("Bold words").first).to_be_visible()

    page.get_by_role("tab", name="Evidence").click()
    page.get_by_role("button", name="Add concern").click()
    added = page.locator("#id_evidence-FORMS > *").last
    choose(page, added.get_by_role("button", name="Choose a page (Concern)"), "Anger")
    choose(page, added.get_by_role("button", name=re.compile("^Choose .*(source|reference)", re.IGNORECASE)))
    added.locator("[name$=-note]").fill(NOTE)
    date = added.locator("[name$=-checked_on]")
    date.fill("")
    page.locator(".xdsoft_datetimepicker:visible td.xdsoft_today").click()
    expect(date).not_to_have_value("")

    page.get_by_role("tab", name="Promote").click()
    choose(page, page.get_by_role("button", name="Choose an image"))

    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_contain_text(therapy.title)
    page.get_by_role("button", name="Toggle preview").click()

    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
    ) as saved:
        page.get_by_role("button", name="Save draft").click()
    assert saved.value.status < 400
    therapy.refresh_from_db()
    assert NOTE in str(therapy.latest_revision.content)
    assert "<b>Bold words</b> then plain, <i>slanted</i>" in str(therapy.latest_revision.content)
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish: a small correction").click()
    expect(page.get_by_text("has been published")).to_be_visible()
    page.goto(therapy.url)
    expect(page.get_by_text(NOTE)).to_have_count(2)


@pytest.mark.guide(
    "The side panel Checks counts how hard a page is to read.",
    "Show issue marks the words in the preview.",
    "Where you cannot publish, handing in is the first button: drafts are saved as you type, and Save draft "
    "stands above it.",
)
def test_checks_lead_to_the_very_words_that_promise_too_much(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("editor")
    therapy = open_therapy(page)
    # The editor notices changes once it knows what was there before.
    expect(page.locator("[data-edit-form]")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        page.locator("#id_summary").fill("It works for everyone.")
    therapy.refresh_from_db()
    assert therapy.get_latest_revision_as_object().summary == "It works for everyone.", "saved as it is typed"
    page.get_by_role("button", name="Toggle checks").click()
    told = page.locator("[data-content-checker-row]").filter(has_text="A word promises too much")
    expect(told.locator("[data-content-checker-selector-text]")).to_have_text(".lead")
    expect(page.locator("[data-content-readability-score]")).to_have_text(re.compile(r"\w"))


@pytest.fixture(scope="module")
def enquiry(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Enquiry]:
    with django_db_blocker.unblock():
        yield stored_enquiry(ConcernPage.objects.get(slug="panic").pk)


def test_a_matcher_reads_an_enquiry_and_moves_it_on(
    page: Page, sit_down: Callable[[str], None], enquiry: Enquiry, blocked: list[str]
) -> None:
    sit_down("matcher")
    page.goto(reverse("enquiries_admin:inbox"))
    page.get_by_role("link", name=enquiry.reference).click()
    form = page.locator("form[action$='/actions/move/']")
    form.get_by_label("To").select_option("review")
    form.get_by_role("button").click()
    expect(page.get_by_text("Done.")).to_be_visible()
    enquiry.refresh_from_db()
    assert enquiry.state == "review"
