"""The week of a therapist, read from somewhere else than the UK."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from wagtail.models import Site

from therapists.models import TherapistPage, WeeklyWindow

pytestmark = pytest.mark.django_db

SCRIPTS = Path(__file__).parents[2] / "site" / "static" / "js"
EDITORS_SCRIPTS = {
    "start_admin_widgets.js",
    "front_end_checks.js",
    "edit_field.js",
    "edit_links.js",
    "paste_with_styles.js",
    "source_chooser.js",
}
MONDAY_TO_SUNDAY = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.fixture(scope="module")
def address(demo_site: Site, django_db_blocker) -> str:
    """A profile with two windows: Monday morning from nine to ten, and Sunday evening from eight to nine."""
    with django_db_blocker.unblock():
        therapist = TherapistPage.objects.published().exclude(availability=None).first()
        therapist.availability.windows.all().delete()
        for weekday, hour in [(0, 9), (6, 20)]:
            WeeklyWindow.objects.create(
                availability=therapist.availability,
                weekday=weekday,
                starts=time(hour),
                ends=time(hour + 1),
            )
        return therapist.get_url()


@contextmanager
def reading_in(browser: Browser, address: str, zone: str, **options: bool) -> Iterator[Page]:
    context = browser.new_context(timezone_id=zone, locale="en-GB", **options)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def free_cells(page: Page) -> set[tuple[str, str]]:
    parts = [head.inner_text().split()[0] for head in page.locator(".availability-grid thead th").all()]
    rows = page.locator(".availability-grid tbody tr").all()
    return {
        (day, parts[place])
        for day, row in zip(MONDAY_TO_SUNDAY, rows, strict=True)
        for place, cell in enumerate(row.locator("td:visible").all())
        if "availability-grid__free" in (cell.get_attribute("class") or "")
    }


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/London", {("Monday", "Morning"), ("Sunday", "Evening")}),
        # Ahead of the UK: Monday morning is the evening there, and Sunday evening is Monday's morning.
        ("Asia/Tokyo", {("Monday", "Evening"), ("Monday", "Night")}),
        ("Asia/Kolkata", {("Monday", "Afternoon"), ("Monday", "Night")}),
        # Behind it: nine on Monday is the middle of the night, and still Sunday where it is further west.
        ("America/New_York", {("Monday", "Night"), ("Sunday", "Afternoon")}),
        ("Pacific/Honolulu", {("Sunday", "Night"), ("Sunday", "Morning")}),
    ],
)
def test_week_stands_in_the_readers_own_time(
    browser: Browser, site_url: str, address: str, zone: str, expected: set[tuple[str, str]]
) -> None:
    with reading_in(browser, site_url + address, zone) as page:
        assert free_cells(page) == expected


def test_zone_is_named(browser: Browser, site_url: str, address: str) -> None:
    with reading_in(browser, site_url + address, "Asia/Tokyo") as page:
        words = page.locator("#week-zone").inner_text()
        assert "In your time" in words and "Japan" in words and "UK time" not in words
    with reading_in(browser, site_url + address, "Europe/London") as page:
        words = page.locator("#week-zone").inner_text()
        assert "In UK time." in words and "In your time" not in words


def test_without_javascript_it_is_uk_time_anywhere(browser: Browser, site_url: str, address: str) -> None:
    with reading_in(browser, site_url + address, "Asia/Tokyo", java_script_enabled=False) as page:
        assert free_cells(page) == {("Monday", "Morning"), ("Sunday", "Evening")}
        assert "In UK time." in page.locator("#week-zone").inner_text()


def test_all_scripts_for_readers_are_small() -> None:
    scripts = [path.read_bytes() for path in SCRIPTS.glob("*.js") if path.name not in EDITORS_SCRIPTS]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 8 * 1024
