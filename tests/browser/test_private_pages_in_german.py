"""Where the site has several languages, whoever wrote in German gets their private page and letters in it."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Locale, Site

from tests.browser.checks import check_of
from tests.browser.for_good import for_good
from tests.browser.letters import letter_to
from tests.factories.enquiries import stored_enquiry
from tests.queue_worker import deliver
from tests.two_languages import speaking
from therapies.models import ConcernPage
from therapists.enquiries.signed_links import Purpose, token

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def _german(demo_site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), speaking(("de", "German")):
        Locale.objects.create(language_code="de")
        yield


def test_private_page_is_read_changed_and_withdrawn_in_german(visitor: BrowserContext) -> None:
    concern = ConcernPage.objects.get(slug="panic").pk
    enquiry = for_good(stored_enquiry, concern, language="de")
    page = visitor.new_page()
    check = check_of(page)
    page.goto(reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)]))
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wir haben Ihre Nachricht")
    expect(page.get_by_text("Wir wollen bis")).to_be_visible()
    check(page)
    page.locator(".checked__row", has_text="Wie dürfen wir Sie nennen?").get_by_role("link").click()
    page.get_by_label("Wie dürfen wir Sie nennen?").fill("Änne Groß")
    check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert. Sie haben geändert:")
    expect(page.locator("#told")).to_contain_text("Änne Groß")
    page.get_by_text("Meine Nachricht zurückziehen").click()
    page.get_by_role("button", name="Ja, zurückziehen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben zurückgezogen")
    page.get_by_role("button", name="Rückgängig machen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wir lesen Ihre Nachricht")
    deliver()
    letter_to(lambda reader: reader == enquiry.contact.email, "Es gibt Neues")
