"""The ten commonest tasks of a content editor, who hands in what others publish."""

from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from wagtail.models import Revision
from wagtail.rich_text import RichText

from home.models import InfoPage
from tests.browser.ten_tasks.role_tasks import (
    RoleTasks,
    find_page,
    is_told,
    line,
    open_menu,
    type_day,
)
from therapies.models import ConcernPage, TherapyPage

HOME = reverse("wagtailadmin_home")
EDITOR = RoleTasks("Content editor", "editor")
DUE = timezone.localdate() + timedelta(days=20)
LINK = "what we once wrote"
QUESTION = "How long does it take?"


def prepare() -> None:
    """Have a page link to one that nobody may read."""
    page = InfoPage.objects.get(slug="complaints")
    gone = page.add_child(instance=InfoPage(title="An old page", live=False))
    page.body.append(("paragraph", RichText(f'<p>See <a linktype="page" id="{gone.pk}">{LINK}</a>.</p>')))
    page.save_revision().publish()


def on_page(page: Page, slug: str) -> None:
    page.goto(TherapyPage.objects.get(slug=slug).get_url())


def hand_in(page: Page, to: str) -> None:
    page.locator("footer").get_by_role("button", name=f"Submit to {to}").click()
    is_told(page, "submitted for moderation")


@EDITOR.task("Find a page and open it")
def finds_a_page(page: Page) -> None:
    page.goto(HOME)
    find_page(page, "sleep", "Trouble sleeping")
    expect(page.locator("#id_summary")).to_be_visible()


@EDITOR.task("Correct a word of the page you read, and hand it in")
def corrects_a_word(page: Page) -> None:
    on_page(page, "interpersonal-therapy")
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Edit this page").click()
    page.locator("#id_summary").fill("You work on one loss, change or quarrel, and on who could help.")
    hand_in(page, "Clinical review: a small correction")


@EDITOR.task("Change one fact of the page you read, and hand it in")
def changes_a_fact(page: Page) -> None:
    on_page(page, "dynamic-interpersonal-therapy")
    page.get_by_role("link", name=f"Edit this fact (DIT: {QUESTION})").click()
    page.get_by_label("Short answer").fill("Usually 16 sessions, once a week")
    page.locator("footer").get_by_role("button").filter(has_text="small correction").click()
    page.wait_for_url("**/dynamic-interpersonal-therapy/")


@EDITOR.task("Add a source, and hand it in")
def adds_a_source(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Facts", "Sources")
    page.get_by_role("link", name="Add source").click()
    page.get_by_label("Guideline").check()
    page.locator("#id_citation").fill("A guideline about nothing in particular.")
    hand_in(page, "Moderators approval")


@EDITOR.task("See a draft as a search result")
def sees_it_as_a_search_result(page: Page) -> None:
    therapy = TherapyPage.objects.get(abbreviation="EMDR")
    page.goto(reverse("wagtailadmin_pages:edit", args=[therapy.pk]))
    page.get_by_role("button", name="Toggle preview").click()
    page.locator("#id_preview_mode").select_option(label="As a search result")
    expect(page.frame_locator("#w-preview-iframe").locator("body")).to_contain_text(therapy.title)


@EDITOR.task("Hand in a change for a day to come")
def sets_a_day(page: Page) -> None:
    fees = InfoPage.objects.get(slug="fees")
    page.goto(reverse("wagtailadmin_pages:edit", args=[fees.pk]))
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog")
    type_day(dialog.locator("[name=go_live_at]"), DUE, "09:00")
    dialog.get_by_role("button", name="Save schedule").click()
    hand_in(page, "Moderators approval")
    assert Revision.objects.for_instance(fees).latest("pk").content["go_live_at"].startswith(DUE.isoformat())


@EDITOR.task("Copy a page")
def copies_a_page(page: Page) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[ConcernPage.objects.get(slug="anger").pk]))
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Copy").click()
    page.get_by_label("New title").fill("Anger at work")
    page.get_by_label("New slug").fill("anger-at-work")
    page.get_by_role("button", name="Copy this page").click()
    is_told(page, "copied")


@EDITOR.task("Begin a page about a concern")
def adds_a_concern(page: Page) -> None:
    page.goto(HOME)
    find_page(page, "come with", "What people come with")
    page.locator("header").get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Add child page").click()
    page.locator("#id_title").fill("Moving to another country")
    page.get_by_label("Something that happened").check()
    page.get_by_role("button", name="Save draft").click()
    is_told(page, "created")


@EDITOR.task("Mend a link to a page that is no longer public, and hand it in")
def mends_a_link(page: Page) -> None:
    page.goto(HOME)
    line(page, "links to a page that is not public").get_by_role("link", name="Complaints").click()
    page.get_by_text(LINK, exact=True).click()
    page.get_by_role("button", name="Remove", exact=True).click()
    hand_in(page, "Moderators approval")


@EDITOR.task("Bring a picture, with words for those who cannot see it")
def brings_a_picture(page: Page) -> None:
    page.goto(HOME)
    open_menu(page, "Images")
    page.get_by_role("link", name="Add an image").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "bench.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.locator("[name$=-description]").fill("A bench beneath a tree.")
    page.get_by_role("button", name="Update").click()
    expect(page.locator("#upload-list")).to_contain_text("Image updated.")


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), "seagreen").save(file, "PNG")
    return file.getvalue()
