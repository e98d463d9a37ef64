"""The facts of a therapy: folded rows in the editor, and one fact changed from where it shows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import has_no_barriers
from tests.browser.desk import Clicks
from therapies.models import DimensionValue, Reference, TherapyPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

QUESTION, ANSWER = "How long does it take?", "Usually 12 to 16 sessions"


@pytest.mark.guide(
    "In the therapy's Facts tab, each row answers one point of comparison: its focus, how long it lasts, "
    "how a session goes.",
    "Its title is the question and the answer; press it to open the row.",
    "From the page itself, Edit the facts in the bar at its corner leads there; on a comparison, it names "
    "each therapy.",
    "Find the sources by words of their citation, take them up with a press, and set checked on to the day "
    "you looked.",
)
def test_a_fact_is_found_by_its_question_and_changed_in_two_clicks(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")
    fact = therapy.values.get(dimension__key="duration")
    before = set(fact.references.values_list("key", flat=True))
    sit_down("reviewer")
    clicks = Clicks(page)

    # All facts, from the user bar: each row says what it holds, and is folded.
    page.goto(therapy.get_url())
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Edit the facts").click()
    rows = page.locator("#id_values-FORMS")
    row = rows.locator("[data-inline-panel-child]").filter(has_text=f"{QUESTION} {ANSWER}")
    expect(row).to_be_visible()
    expect(rows.get_by_label("Short answer").first).to_be_hidden()
    assert rows.evaluate("one => one.getBoundingClientRect().height") < 1200
    assert page.locator("#tab-facts input[type=checkbox]").count() < 40
    row.get_by_role("button", name="Toggle section").first.click()
    expect(row.get_by_label("Short answer")).to_have_value(ANSWER)

    # One fact, from below it. Its sources are found by a search.
    page.goto(therapy.get_url())
    clicks.since_last()
    page.get_by_role("link", name=f"Edit this fact (IPT: {QUESTION})").click()
    expect(page.get_by_role("heading", name=QUESTION).last).to_be_visible()
    assert clicks.since_last() == 1
    has_no_barriers(page, rules=["button-name", "color-contrast", "label"])
    page.get_by_label("Add a source").fill("no such words at all")
    expect(page.get_by_text("No source has these words.")).to_be_visible()
    page.get_by_label("Add a source").fill("guideline depressión")
    found = page.locator("[data-found] button")
    expect(found.first).to_be_visible()
    taken = found.first.inner_text()
    found.first.click()
    expect(page.locator("[data-chosen]")).to_contain_text(taken)

    page.get_by_role("button", name="Toggle preview").click()
    table = page.frame_locator("#w-preview-iframe").get_by_role("table")
    expect(table.get_by_text("12 to 16 sessions").first).to_be_visible()
    page.get_by_role("button", name="Toggle preview").click()
    clicks.since_last()
    page.get_by_role("button", name="Publish: a small correction").click()
    page.wait_for_url(f"**{therapy.get_url()}")
    assert clicks.since_last() == 1
    after = set(DimensionValue.objects.get(pk=fact.pk).references.values_list("key", flat=True))
    assert before < after
    assert str(Reference.objects.get(key=(after - before).pop())) == taken
