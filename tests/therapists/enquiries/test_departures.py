"""Leaving is a state of a profile: nothing shows or asks whoever left, and nobody waits for them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from tests.factories.enquiries import introduce, offer_to, stored_enquiry
from therapists.enquiries.enums import State
from therapists.enquiries.lapses import lapses
from therapists.enquiries.models import Enquiry, FollowUpKind, MessageKind, OfferState
from therapists.enquiries.services.offers import accept
from therapists.matching.inputs.candidates import load_candidates
from therapists.models import Departure, TherapistPage


@pytest.fixture
def at_each_stage(enquiries_practice, matcher, therapist, candidates):
    """Enquiries that wait for the therapist, were accepted, introduced, and one that is another's."""
    offered, accepted, introduced, of_another = (
        stored_enquiry(enquiries_practice.grief.pk) for _number in range(4)
    )
    offer_to(offered, therapist, matcher)
    accept(offer_to(accepted, therapist, matcher).pk)
    introduce(introduced, therapist, matcher)
    introduce(of_another, candidates[1], matcher)
    return {"offered": offered, "accepted": accepted, "introduced": introduced, "of another": of_another}


def leave(client, therapist, people, **values):
    data = {"therapist": therapist.pk, "left_on": str(timezone.localdate()), "people_introduced": people}
    return client.post(reverse("departures:add"), data | values)


def states(enquiries):
    return {name: Enquiry.objects.get(pk=enquiry.pk).state for name, enquiry in enquiries.items()}


@pytest.mark.guide(
    "When somebody leaves, enter it under Therapists → Who left, and say what becomes of the people who "
    "were introduced to them.",
    "What they were offered, or had accepted, goes back to the Matching team, who have a task about "
    "everyone concerned.",
)
@pytest.mark.parametrize(
    ("people", "introduced_to"), [("stay", State.INTRODUCED), ("look_again", State.REVIEW)]
)
def test_what_was_open_comes_back_and_the_team_is_told(
    admin_client, client, at_each_stage, therapist, matcher, people, introduced_to
):
    assert "The Matching team reads those" in admin_client.get(reverse("departures:add")).content.decode()
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    assert leave(admin_client, therapist, people, left_on=tomorrow).status_code == 200
    assert leave(admin_client, therapist, "").status_code == 200
    assert not Departure.objects.exists()
    before = at_each_stage["introduced"].messages.filter(kind=MessageKind.UPDATE).count()
    assert leave(admin_client, therapist, people).status_code == 302
    assert states(at_each_stage) == {
        "offered": State.REVIEW,
        "accepted": State.REVIEW,
        "introduced": introduced_to,
        "of another": State.INTRODUCED,
    }
    assert at_each_stage["offered"].offers.get().state == OfferState.REVOKED
    told = at_each_stage["introduced"].messages.filter(kind=MessageKind.UPDATE).count() - before
    assert told == (1 if people == "look_again" else 0)
    for name, enquiry in at_each_stage.items():
        tasks = enquiry.follow_ups.filter(kind=FollowUpKind.THERAPIST_LEFT, done_at=None)
        assert tasks.count() == (0 if name == "of another" else 1)
    client.force_login(matcher)
    page = client.get(reverse("enquiries_admin:enquiry", args=[at_each_stage["accepted"].pk]))
    assert "Their therapist has left the practice" in page.content.decode()


def test_it_is_the_person_who_leaves_and_not_the_page(enquiry, therapist, matcher):
    """In whichever language, or whichever place, their page was chosen."""
    offer_to(enquiry, therapist, matcher)
    welsh = Locale.objects.create(language_code="cy")
    translated = therapist.copy_for_translation(welsh, copy_parents=True)
    translated.save_revision().publish()
    alias = therapist.create_alias(parent=therapist.get_parent(), update_slug="again")
    Departure.objects.create(therapist=translated, people_introduced="stay")
    assert Enquiry.objects.get().state == State.REVIEW
    pages = [therapist.pk, translated.pk, alias.pk]
    assert not TherapistPage.objects.filter(pk__in=pages, live=True).exists()
    TherapistPage.objects.update(live=True)
    for page in TherapistPage.objects.filter(pk__in=pages):
        assert lapses(page), page.pk


@pytest.mark.guide(
    "Their profile is hidden from that moment, whatever is published or scheduled; they are neither "
    "suggested nor asked.",
)
def test_no_way_of_publishing_brings_them_back(admin_client, therapist):
    earlier = therapist.save_revision()
    Departure.objects.create(therapist=therapist, people_introduced="stay")
    later = TherapistPage.objects.get()
    address = later.get_url()
    later.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled_pages")
    ways = {
        "published": lambda: later.save_revision().publish(),
        "reverted": lambda: earlier.publish(),
        "stored": lambda: TherapistPage.objects.update(live=True),
        "moved": lambda: later.move(later.get_parent(), pos="first-child"),
    }
    for way, publish in ways.items():
        publish()
        assert not TherapistPage.objects.published().exists(), way
        assert admin_client.get(address).status_code == 404, way
        assert lapses(later), way
        assert load_candidates(timezone.localdate(), {}) == [], way
    edit = reverse("wagtailadmin_pages:edit", args=[therapist.pk])
    assert therapist.title in admin_client.get(edit).content.decode()
    Departure.objects.all().delete()
    assert TherapistPage.objects.published().exists()
