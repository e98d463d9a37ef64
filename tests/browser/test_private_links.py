"""What a visitor and a therapist do on the pages behind their private links, in a real browser."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.enquiries import make_matcher, stored_enquiry
from therapies.models import ConcernPage
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Offer
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import offer_to_next, set_shortlist
from therapists.enquiries.signed_links import Purpose, token
from therapists.models import TherapistPage

# `django_db` because without it no test database is made; what the server stores is committed all the same.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def enquiry(site_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Enquiry]:
    with django_db_blocker.unblock():
        yield stored_enquiry(ConcernPage.objects.get(slug="panic").pk)


@pytest.fixture(scope="module")
def offer(enquiry: Enquiry, django_db_blocker: DjangoDbBlocker) -> Iterator[Offer]:
    with django_db_blocker.unblock():
        matcher = make_matcher("matcher-of-links")
        therapist = TherapistPage.objects.published().filter(private__isnull=False).first()
        move(enquiry.pk, State.REVIEW, by=matcher)
        set_shortlist(enquiry.pk, [therapist], by=matcher, reason="They know this concern well.")
        yield offer_to_next(enquiry.pk, by=matcher)


def test_therapist_answers_an_offer_on_a_phone_and_steps_back(page: Page, offer: Offer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)]))
    reason = page.get_by_label("Why, if the answer is no")
    expect(reason).to_be_hidden()
    page.get_by_label("No, not this time").check()
    expect(reason).to_be_visible()
    page.get_by_label("Yes, I have a place").check()
    expect(reason).to_be_hidden()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", name="we have your yes")).to_be_visible()
    offer.refresh_from_db()
    assert offer.state == "accepted", page.locator("main").inner_text()
    page.reload()
    page.get_by_text("I cannot take this person after all").click()
    page.get_by_label("What should the matcher know?").fill("I am ill.")
    page.get_by_role("button", name="Step back").click()
    expect(page.get_by_role("heading", name="You have stepped back")).to_be_visible()


def test_visitor_withdraws_and_erases(page: Page, enquiry: Enquiry) -> None:
    page.goto(reverse("enquiries:status", args=[token(Purpose.STATUS, enquiry.pk)]))
    page.get_by_text("Withdraw my message").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_text("You have withdrawn")).to_be_visible()
    page.get_by_role("button", name="Undo, and go on looking").click()
    expect(page.get_by_text("We are reading your message")).to_be_visible()
    page.get_by_label("Yes, erase everything I told you").check()
    page.locator("form[action$='/erase/']").get_by_role("button").click()
    page.wait_for_url("**/enquiries/erased/")
    assert not Enquiry.objects.filter(pk=enquiry.pk).exists()
