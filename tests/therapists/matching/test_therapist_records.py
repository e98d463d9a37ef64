"""A matcher reads profiles and diaries, how full they are and why not to ask, and learns no more."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import make_matcher, make_offerable_therapist, offer_to, stored_enquiry
from tests.factories.therapists import WeeklyWindowFactory
from therapists.models import Availability, Registration, TherapistPage, TherapistPrivate


@pytest.fixture
def therapist(practice):
    therapist = make_offerable_therapist(practice.directory, "Sample First")
    diary = therapist.availability
    diary.places_per_four_weeks = 3
    diary.save()
    diary.windows.all().delete()
    WeeklyWindowFactory(availability=diary, weekday=2, starts=time(18), ends=time(20))
    TherapistPrivate.objects.filter(therapist=therapist).update(
        phone="020 7946 0123",
        meeting_link="https://meet.example.org/room",
        verification_evidence="Saw papers.",
    )
    return therapist


@pytest.fixture
def team(client, db):
    client.force_login(make_matcher())
    return client


def pages(therapist):
    return [
        reverse("matching_admin:therapists"),
        reverse("matching_admin:therapist", args=[therapist.pk]),
    ]


@pytest.mark.guide("Matching team: read and answer enquiries, and look at profiles and diaries.")
def test_load_diary_and_registration_are_read_and_nothing_private(team, therapist, practice):
    enquiry = stored_enquiry(practice.grief.pk)
    offer_to(enquiry, therapist, make_matcher("asker"))
    everyone, one = (team.get(address).content.decode() for address in pages(therapist))
    assert "1 of 3" in everyone
    assert "Wednesday 18:00–20:00" in one
    assert therapist.registrations.get().number in one
    for page in (everyone, one):
        assert "Sample First" in page
        for secret in (
            "sample-first@therapists.example",
            "7946 0123",
            "meet.example.org",
            "Saw papers",
            enquiry.reference,
            "Sam Sample",
        ):
            assert secret not in page
    assert reverse("matching_admin:therapist", args=[therapist.pk]) in everyone
    inbox = team.get(reverse("enquiries_admin:inbox")).content.decode()
    assert pages(therapist)[0] in inbox


@pytest.mark.guide(
    "Therapists and their diaries says who has a place, is away, paused or not to be asked, and why; their "
    "names beside the suggestions lead there.",
)
def test_why_not_to_ask_them_is_said(team, therapist):
    yesterday = timezone.localdate() - timedelta(days=1)
    Registration.objects.filter(therapist=therapist).update(expires_on=yesterday)
    TherapistPrivate.objects.filter(therapist=therapist).update(insurance_expires_on=yesterday)
    Availability.objects.filter(therapist=therapist).update(paused_until=yesterday + timedelta(days=9))
    for address in pages(therapist):
        page = team.get(address).content.decode()
        for why in ("no registration of theirs", "their insurance has run out", "take no new clients"):
            assert why in page, address


def test_it_costs_the_same_for_one_and_for_many(team, therapist, practice):
    team.get(pages(therapist)[0])
    with CaptureQueriesContext(connection) as one:
        team.get(pages(therapist)[0])
    for number in range(4):
        more = make_offerable_therapist(practice.directory, f"Sample {number}")
        WeeklyWindowFactory(availability=more.availability)
    with CaptureQueriesContext(connection) as many:
        assert "Sample 3" in team.get(pages(therapist)[0]).content.decode()
    assert len(one) == len(many)


def test_drafts_strangers_and_posts_find_nothing(team, client, therapist, django_user_model, admin_client):
    unknown = reverse("matching_admin:therapist", args=[999_999])
    assert team.get(unknown).status_code == 404
    assert team.post(pages(therapist)[1]).status_code == 405
    editor = django_user_model.objects.create_user("editor", is_staff=True)
    for person in (editor, django_user_model.objects.get(username="admin")):
        client.force_login(person)
        for address in pages(therapist):
            assert client.get(address).status_code in (302, 404)
    client.force_login(django_user_model.objects.get(username="matcher"))
    TherapistPage.objects.update(live=False)
    assert client.get(pages(therapist)[1]).status_code == 404
