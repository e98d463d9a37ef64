"""The ten commonest tasks of a clinical reviewer, who signs off what is said about health."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Workflow

from core.reviews.kinds_of_change import KindOfChange
from tests.browser.ten_tasks.role_tasks import RoleTasks, choose_action, find_page, is_told, line
from therapies.models import ConcernPage, TherapyPage

HOME = reverse("wagtailadmin_home")
REVIEWER = RoleTasks("Clinical reviewer", "clinician")
WORDS = "Nobody has to go through this alone."
#: Handed in and passed on by a moderator, so that they wait for a clinician.
HANDED_IN = ("anger", "loneliness", "life-changes", "conflict")
DRAFTS = ("panic", "social-anxiety")


def prepare() -> None:
    """Have pages wait for a clinician, drafts that can be signed off, and a page whose day is past."""
    editor, moderator = User.objects.get(username="editor"), User.objects.get(username="reviewer")
    for page in ConcernPage.objects.filter(slug__in=(*HANDED_IN, *DRAFTS)):
        page.summary, page.body = WORDS, []
        page.kind_of_change = KindOfChange.NEEDS_REVIEW
        page.save_revision(user=editor, log_action=True)
        if page.slug in HANDED_IN:
            state = Workflow.objects.get(name="Clinical review").start(page, editor)
            state.current_task_state.approve(user=moderator)
    due = timezone.localdate() - timedelta(days=3)
    for page in TherapyPage.objects.filter(abbreviation="ACT"):
        page.next_review_due = due
        page.save()


@REVIEWER.task("Read what was handed in beside what readers see, and sign it off")
def reads_and_signs_off(page: Page) -> None:
    page.goto(HOME)
    row = page.get_by_role("row").filter(has_text="Anger")
    row.get_by_role("button").last.click()
    page.get_by_role("link", name="Compare with live version").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("link", name="Edit").first.click()
    choose_action(page, "Sign off and Publish")
    is_told(page, "updated")


@REVIEWER.task("Sign off what the first page names")
def signs_off(page: Page) -> None:
    page.goto(HOME)
    line(page, "handed in for you").get_by_role("link", name="Feeling lonely").click()
    choose_action(page, "Sign off and Publish")
    is_told(page, "updated")


@REVIEWER.task("Give a page back, with what is to change")
def gives_back(page: Page) -> None:
    page.goto(HOME)
    line(page, "handed in for you").get_by_role("link", name="Life changes").click()
    choose_action(page, "Request changes")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Comment").fill("Say whom one can ring.")
    dialog.get_by_role("button", name="Request changes").click()
    is_told(page, "Life changes")


@REVIEWER.task("Mend a word of what was handed in, and sign it off")
def mends_and_signs_off(page: Page) -> None:
    page.goto(HOME)
    line(page, "handed in for you").get_by_role("link", name="Conflict with others").click()
    page.locator("#id_summary").fill("You argue, and it hurts. It can become easier.")
    choose_action(page, "Sign off and Publish")
    is_told(page, "updated")


@REVIEWER.task("Sign off a saved draft")
def signs_a_draft_off(page: Page) -> None:
    page.goto(HOME)
    find_page(page, "panic", "Panic attacks")
    page.get_by_role("tab", name="Review").click()
    page.get_by_role("link", name="Sign off the saved draft").click()
    page.get_by_role("button", name="Sign off").click()
    is_told(page, "Signed off")


@REVIEWER.task("Open a page whose review is due")
def opens_what_is_due(page: Page) -> None:
    page.goto(HOME)
    line(page, "due for review").get_by_role("link", name="Acceptance and commitment therapy").click()
    expect(page.locator("#id_summary")).to_be_visible()


@REVIEWER.task("List all that is due, and take the list along")
def takes_the_list_along(page: Page) -> None:
    page.goto(HOME)
    line(page, "due for review").get_by_role("link").first.click()
    page.locator("header").get_by_role("button", name="Actions").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


@REVIEWER.task("See who changed what in a page")
def sees_its_history(page: Page) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[ConcernPage.objects.get(slug="social-anxiety").pk]))
    page.locator("header, footer, main").get_by_role("link", name="History").first.click()
    page.get_by_role("row").filter(has_text="Draft saved").last.get_by_role("button").first.click()
    page.get_by_role("link", name="Compare with current version").click()
    expect(page.get_by_text(WORDS)).to_be_visible()


@REVIEWER.task("Leave a comment on a field")
def comments(page: Page) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[ConcernPage.objects.get(slug="social-anxiety").pk]))
    page.locator("#panel-child-content-summary-section").get_by_role("button", name="Add comment").click()
    page.get_by_role("textbox", name="Enter your comments").fill("Is there a source for this?")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("button", name="Save draft").click()
    is_told(page, "updated")


@REVIEWER.task("Correct one fact of the page you read, and publish it")
def corrects_a_fact(page: Page) -> None:
    therapy = TherapyPage.objects.get(abbreviation="CAT")
    page.goto(therapy.get_url())
    page.get_by_role("link", name="Edit this fact (CAT: How long does it take?)").click()
    page.get_by_label("Short answer").fill("Usually 16 sessions, and up to 24")
    page.get_by_role("button", name="Publish: a small correction").click()
    page.wait_for_url(f"**{therapy.get_url()}")
