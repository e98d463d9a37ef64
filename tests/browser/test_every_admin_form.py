"""Every form of the admin opens with its widgets started, and those that few people use are used.

The content security policy allows no inline script. Where a form relies on one, nothing is said: a button
does nothing. So each form is opened in a browser, which tells what was blocked and which script failed.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page as WagtailPage
from wagtail.models import WorkflowTask, get_page_models

from core.models import PracticeImage
from home.models import RiskPhrase
from tests.browser.desk import choose, log_in
from tests.factories.enquiries import stored_enquiry
from tests.factories.secrets import DocumentFactory
from tests.security.doors import admin_doors
from therapies.models import ConcernPage, TherapyPage
from therapists.models import TherapistPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

#: Forms that are no page's: those that begin something, those of settings, and those that only change.
FORM = re.compile(
    r"/admin/(?:[\w/-]+/(?:add|new|create)/(?:\w+/\w+/)?|settings/\w+/\w+/\d+/|images/\d+/|documents/edit/\d+/"
    r"|redirects/import/|workflows/edit/\d+/|workflows/tasks/edit/\d+/|groups/edit/\d+/|users/edit/\d+/|account/)$"
)
#: Those of pages are opened by their types, and those of choosers in their dialogs.
NO_FORM = re.compile(r"/admin/(?:pages|api|bulk)/|chooser|/multiple/")


@pytest.fixture(scope="module")
def forms(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    with django_db_blocker.unblock():
        stored_enquiry(ConcernPage.objects.first().pk)
        DocumentFactory(file_size=1)
        RiskPhrase.objects.create(phrase="words of the practice's own")
        yield [*page_forms(), *sorted({one for one in admin_doors() if is_form(one)})]


def is_form(address: str) -> bool:
    return bool(FORM.search(address)) and not NO_FORM.search(address)


def page_forms() -> Iterator[str]:
    """One that begins, of each type; one that is there of those with most widgets, or that none can add."""
    for kind in get_page_models():
        page: WagtailPage | None = kind.objects.filter(depth__gt=1).first()
        if page is None:
            continue
        is_added = kind in page.get_parent().specific.creatable_subpage_models()
        if not is_added or kind in (TherapyPage, TherapistPage):
            yield reverse("wagtailadmin_pages:edit", args=[page.pk])
        if is_added:
            names = kind._meta.app_label, kind._meta.model_name
            yield reverse("wagtailadmin_pages:add", args=[*names, page.get_parent().pk])


def test_every_form_starts_its_widgets(page: Page, forms: list[str], blocked: list[str]) -> None:
    log_in(page, "admin")
    for address in forms:
        page.goto(address, wait_until="domcontentloaded")


def test_a_search_result_is_recommended(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("admin")
    page.goto(reverse("wagtailsearchpromotions:add"))
    page.get_by_role("button", name="Choose from popular search terms").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    page.locator("#id_query_string").fill("cannot sleep")
    page.get_by_role("button", name="Add a recommended result").click()
    choose(page, page.locator(".page-chooser [data-chooser-action-choose]:visible").last)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/searchpicks/")
    assert SearchPromotion.objects.get().query.query_string == "cannot sleep"


@pytest.mark.guide("Add the step Clinical review to other workflows under Settings → Workflows.")
def test_a_step_is_chosen_for_a_workflow(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    sit_down("admin")
    page.goto(reverse("wagtailadmin_workflows:add"))
    page.locator("#id_name").fill("By hand")
    page.get_by_role("button", name=re.compile("Add .*task")).click()
    page.locator(".task-chooser [data-chooser-action-choose]:visible").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name=re.compile("existing", re.I)).click()
    dialog.get_by_role("link", name="Clinical review").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("created").first).to_be_visible()
    assert WorkflowTask.objects.filter(workflow__name="By hand", task__name="Clinical review").exists()


def test_a_focal_point_is_drawn(page: Page, sit_down: Callable[[str], None], blocked: list[str]) -> None:
    expect.set_options(timeout=30_000)
    sit_down("admin")
    image = PracticeImage.objects.order_by("pk").first()
    page.goto(reverse("wagtailimages:edit", args=[image.pk]))
    tracker = page.locator(".jcrop-tracker").last
    box = tracker.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 80, steps=4)
    page.mouse.up()
    expect(page.locator("input.focal_point_width")).not_to_have_value("")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/images/")
    image.refresh_from_db()
    assert image.focal_point_width
