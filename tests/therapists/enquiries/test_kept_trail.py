"""Whoever an enquiry's history leans on cannot be deleted by any way, and the admin says so in words."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories.enquiries import introduce, offer_to
from therapies.models import TherapyPage
from therapists.enquiries.models import Enquiry, EnquiryApproach, Offer
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.notes import write_note
from therapists.enquiries.services.retention import place_hold, purge
from therapists.models import TherapistPage, TherapistPrivate

REFUSED = "Nothing was deleted: the records of the practice need"


@pytest.fixture
def introduced(enquiry, therapist, matcher):
    introduced = introduce(enquiry, therapist, matcher)
    therapy = TherapyPage.objects.get(slug="ipt")
    EnquiryApproach.objects.create(enquiry=enquiry, therapy=therapy, label=therapy.title)
    write_note(introduced.pk, "Called.", matcher)
    place_hold(introduced.pk, "A court asked.", matcher)
    return introduced


def bulk(app, model, *records):
    keys = "&".join(f"id={record.pk}" for record in records)
    return f"{reverse('wagtail_bulk_action', args=[app, model, 'delete'])}?{keys}"


def ways_to_delete(practice, therapist, matcher):
    """The address of every way in the admin, from the record itself to all that is above it."""
    pages = [therapist, therapist.get_parent(), practice.grief, practice.grief.get_parent(), practice.ipt]
    pages.append(practice.home)
    for page in pages:
        yield reverse("wagtailadmin_pages:delete", args=[page.pk])
        yield bulk("wagtailcore", "page", page)
    yield bulk("wagtailcore", "page", practice.panic, therapist)
    yield reverse("wagtailusers_users:delete", args=[matcher.pk])
    yield bulk("auth", "user", matcher)


@pytest.mark.guide(
    "A profile that enquiries of the last months depend on cannot be deleted, and neither can a concern, a "
    "therapy or an account: unpublish the page, or make the account inactive.",
)
def test_no_way_of_the_admin_deletes_whom_the_trail_needs(
    admin_client, introduced, enquiries_practice, therapist, matcher
):
    before = (Page.objects.count(), User.objects.count(), Offer.objects.count())
    for address in ways_to_delete(enquiries_practice, therapist, matcher):
        for answer in (
            admin_client.get(address, follow=True),
            admin_client.post(address, {"wagtail_site_name": "practice"}, follow=True),
        ):
            words = answer.content.decode()
            assert answer.status_code == 200, address
            assert REFUSED in words, address
            assert "referenced 0 times" not in words
            for told in (introduced.reference, "Sam Sample", "sam@example.org", "court"):
                assert told not in words
    assert (Page.objects.count(), User.objects.count(), Offer.objects.count()) == before
    site = Site.objects.get(is_default_site=True)
    address = reverse("wagtailsites:delete", args=[site.pk])
    for answer in (admin_client.get(address), admin_client.post(address, follow=True)):
        words = answer.content.decode()
        assert REFUSED in words, "the question itself says why"
        assert "Yes, delete" not in words
        assert reverse("wagtailsites:edit", args=[site.pk]) in words, "and what to do instead"
    assert Site.objects.filter(pk=site.pk).exists()
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    assert "Yes, delete" in admin_client.get(reverse("wagtailsites:delete", args=[other.pk])).content.decode()


def test_how_to_reach_a_therapist_stays_while_somebody_is_to_meet_them(admin_client, introduced, therapist):
    private = therapist.private
    address = reverse("private-records:delete", args=[private.pk])
    for answer in (admin_client.get(address), admin_client.post(address, follow=True)):
        page = answer.content.decode()
        assert REFUSED in page
        assert reverse("private-records:edit", args=[private.pk]) in page
    for delete in (private.delete, TherapistPrivate.objects.all().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    Enquiry.objects.update(state="closed", deadline=None)
    assert "Yes, delete" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert not TherapistPrivate.objects.exists()


@pytest.mark.guide(
    "A profile that enquiries of the last months depend on cannot be deleted, and neither can a concern, a "
    "therapy or an account: unpublish the page, or make the account inactive.",
)
def test_what_to_do_instead_is_one_press_away(
    admin_client, introduced, enquiries_practice, therapist, matcher
):
    concern = enquiries_practice.grief.pk
    for address, to_do in (
        (("wagtailadmin_pages:delete", therapist.pk), ("departures:add",)),
        (("wagtailadmin_pages:delete", concern), ("wagtailadmin_pages:unpublish", concern)),
        (("wagtailusers_users:delete", matcher.pk), ("wagtailusers_users:edit", matcher.pk)),
    ):
        answer = admin_client.get(reverse(address[0], args=address[1:]), follow=True)
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.select_one(f'.messages a[href="{reverse(to_do[0], args=to_do[1:])}"]'), address


def test_no_code_deletes_them_until_the_enquiry_is_gone(introduced, enquiries_practice, therapist, matcher):
    above = therapist.get_parent()
    with_everyone = [
        therapist.delete,
        enquiries_practice.grief.delete,
        above.specific.delete,
        above.delete,
        TherapistPage.objects.filter(pk=therapist.pk).delete,
        Page.objects.filter(depth__gt=1).delete,
        matcher.delete,
        User.objects.all().delete,
    ]
    for delete in with_everyone:
        with pytest.raises(ProtectedError):
            delete()
    introduced.legal_holds.update(lifted_at=timezone.now())
    Enquiry.objects.update(state_since=timezone.now() - timedelta(days=91))
    assert purge() == 1
    therapist.delete()
    matcher.delete()
    enquiries_practice.grief.delete()


def test_names_stay_as_they_were(client, enquiry, therapist, matcher):
    offer_to(enquiry, therapist, matcher)
    move(enquiry.pk, "review", by=matcher)
    client.force_login(matcher)
    address = reverse("enquiries_admin:enquiry", args=[enquiry.pk])
    client.get(address)
    TherapistPage.objects.update(title="Sample Renamed")
    User.objects.update(username="someone-else")
    trail = client.get(address).content.decode().split("What happened so far")[1]
    assert "Sample First, Taken back" in trail
    assert "matcher, Read the enquiry" in trail
    assert "Being read, matcher" in trail
