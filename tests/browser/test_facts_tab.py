"""The facts of a therapy in the editor: folded rows, sources by a search, a table beside them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import log_in
from therapies.models import DimensionValue, Reference, TherapyPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_fact_is_found_by_its_question_and_given_a_source_by_a_search(
    page: Page, blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    fact = therapy.values.get(dimension__key="duration")
    before = set(fact.references.values_list("key", flat=True))
    log_in(page, "reviewer")

    # From where it shows: the user bar, then the row.
    page.goto(therapy.get_url())
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Edit the facts").click()
    rows = page.locator("#id_values-FORMS")
    row = rows.locator("[data-inline-panel-child]").filter(
        has_text="How long does it take? Usually 12 to 16 sessions"
    )
    expect(row).to_be_visible()
    expect(rows.get_by_label("Short answer").first).to_be_hidden()
    assert rows.evaluate("one => one.getBoundingClientRect().height") < 1200
    assert page.locator("#tab-facts input[type=checkbox]").count() < 40

    row.get_by_role("button", name="Toggle section").first.click()
    row.get_by_label("Add a source").fill("guideline depressión")
    found = row.locator("[data-found] button")
    expect(found.first).to_be_visible()
    taken = found.first.inner_text()
    found.first.click()
    expect(row.locator("[data-chosen]")).to_contain_text(taken)
    row.get_by_label("Add a source").fill("no such words at all")
    expect(row.get_by_text("No source has these words.")).to_be_visible()

    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_contain_text(therapy.title)
    page.wait_for_load_state("networkidle")  # Wagtail takes no other mode while it loads one
    page.get_by_label("Preview mode").select_option("Facts, in a comparison")
    expect(preview.get_by_text("Its facts, as they stand in a comparison:")).to_be_visible()
    expect(preview.get_by_text("12 to 16 sessions").first).to_be_visible()
    page.get_by_role("button", name="Toggle preview").click()

    page.get_by_role("tab", name="Review").click()
    page.get_by_label("A small correction").check()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published").first).to_be_visible()
    after = set(DimensionValue.objects.get(pk=fact.pk).references.values_list("key", flat=True))
    assert before < after
    assert str(Reference.objects.get(key=(after - before).pop())) == taken
