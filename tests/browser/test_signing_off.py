"""Words about health, from an editor's change to what readers are told of their review."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from therapies.models import TherapyPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_connection"),  # Wagtail tells moderators
]

WORDS = "You work on one loss, change or quarrel, and on who could help."


def choose_action(page: Page, name: str) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(name)).click()


def test_an_editor_hands_in_a_moderator_passes_on_and_a_clinician_signs_off(
    page: Page, sit_down: Callable[[str], None], blocked: list[str]
) -> None:
    expect.set_options(timeout=30_000)
    therapy = TherapyPage.objects.get(slug="interpersonal-therapy")

    def come_as(username: str) -> None:
        sit_down(username)
        page.goto(reverse("wagtailadmin_pages:edit", args=[therapy.pk]))

    come_as("editor")
    page.locator("#id_summary").fill(WORDS)
    choose_action(page, "^Submit to .*: it needs review$")
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")

    come_as("reviewer")
    choose_action(page, "^Approve$")
    expect(page.locator(".messages")).to_contain_text("updated")

    come_as("clinician")
    choose_action(page, "^Sign off and Publish$")
    expect(page.locator(".messages")).to_contain_text("updated")

    page.goto(therapy.url)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    today = date_format(timezone.localdate(), "j F Y")
    expect(page.locator("main")).to_contain_text(f"Last reviewed {today} by Dr A. Sample")
