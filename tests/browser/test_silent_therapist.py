"""A therapist who left offers unanswered is asked no more, and comes back, on a phone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.checks import fits_its_window, has_no_barriers
from tests.browser.for_good import for_good
from tests.factories.enquiries import NewEnquiryFactory, make_matcher, offer_to
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Offer, OutgoingMessage
from therapists.enquiries.services.offer_ends import expire_overdue
from therapists.enquiries.services.submit import receive_enquiry
from therapists.enquiries.signed_links import Purpose, therapist_token, token
from therapists.models import TherapistPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def matcher(site_url: str, django_db_blocker: DjangoDbBlocker) -> User:
    with django_db_blocker.unblock():
        return make_matcher("matcher-of-silence")


def test_a_therapist_who_left_three_offers_unanswered_says_that_they_are_back(
    page: Page, matcher: User
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    silent = [one for one in TherapistPage.objects.published() if not lapses(one)][-1]
    for _each in range(3):
        # Whoever is not sure what it is about is not left blank for the therapist either.
        unsure = for_good(receive_enquiry, NewEnquiryFactory())
        offer = for_good(offer_to, unsure, silent, matcher)
        letter = OutgoingMessage.objects.filter(offer=offer)
        for_good(letter.update, state="sent", sent_at=timezone.now())
        page.goto(reverse("enquiries:offer", args=[token(Purpose.OFFER, offer.pk)]))
        expect(page.get_by_text("Something else, or they are not sure")).to_be_visible()
        over = timezone.now() - timedelta(minutes=1)
        for_good(Offer.objects.filter(pk=offer.pk).update, expires_at=over)
        for_good(expire_overdue)
    page.goto(reverse("enquiries:therapist", args=[therapist_token(silent.private)]))
    expect(page.get_by_text("three offers in a row had no answer")).to_be_visible()
    has_no_barriers(page)
    fits_its_window(page)
    page.get_by_role("button", name="Take new clients again").click()
    expect(page.get_by_role("button", name="Take new clients again")).to_have_count(0)
