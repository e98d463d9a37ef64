"""What is wrong is said where people are: the closed form, the admin, the mail that did not leave."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.desk import log_in
from tests.factories.enquiries import stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.models import EnquirySettings, OutgoingMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def settings_page(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the settings, where one person has left the team and two e-mails did not leave."""
    with django_db_blocker.unblock():
        stored_enquiry(ConcernPage.objects.get(slug="panic").pk)
        OutgoingMessage.objects.update(attempts=2, fault="ours", last_error="SMTPSenderRefused 530")
        User.objects.filter(username="colleague").update(is_active=False)
        named = EnquirySettings.load()
    yield reverse("wagtailsettings:edit", args=["enquiries", "enquirysettings", named.pk])


def test_what_is_wrong_is_said_and_put_right(page: Page, settings_page: str, blocked: list[str]) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/find-a-therapist/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot take enquiries here at the moment")
    expect(page.get_by_role("main").get_by_role("link", name="116 123").first).to_be_visible()
    has_no_barriers(page)
    fits_its_window(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    log_in(page, "admin")
    expect(page.get_by_text("the form is closed")).to_be_visible()
    has_no_barriers(page)
    expect(page.get_by_role("link", name="Accounts")).to_have_attribute(
        "href", reverse("wagtailusers_users:index")
    )
    expect(page.get_by_text("The mail server does not take what we send. 2 e-mails wait.")).to_be_visible()
    page.get_by_role("link", name="Why, and send them again").click()
    expect(page.get_by_text("SMTPSenderRefused 530").first).to_be_visible()
    has_no_barriers(page)
    page.get_by_role("button", name="Send all again").click()
    expect(page.get_by_text("2 e-mails are sent again.")).to_be_visible()

    page.goto(settings_page)
    page.get_by_role("button", name="Add hours").click()
    row = page.locator("#id_opening_hours-FORMS > *").last
    row.locator("[name$=-weekday]").select_option("0")
    row.locator("[name$=-opens]").fill("10:00")
    row.locator("[name$=-closes]").fill("18:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("updated.")).to_be_visible()
    assert [str(hours) for hours in EnquirySettings.load().opening_hours.all()] == ["Monday, 10:00–18:00"]
