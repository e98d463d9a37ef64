"""Webhook events for diaries, and for profiles that a date changes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.webhooks import tasks
from core.webhooks.models import Event
from tests.factories.home import make_site
from tests.factories.therapists import (
    RegistrationFactory,
    TherapistIndexPageFactory,
    TherapistPageFactory,
    TherapistPrivateFactory,
)
from tests.factories.webhooks import EndpointFactory
from therapists.models import Absence, TherapistPage


@pytest.fixture
def therapist(db):
    return TherapistPageFactory(parent=TherapistIndexPageFactory(parent=make_site()))


@pytest.fixture
def told(therapist):
    EndpointFactory()

    def read():
        events = {event.kind: event for event in Event.objects.all()}
        Event.objects.all().delete()
        return events

    return read


@pytest.fixture
def on(monkeypatch):
    """The clock looks on that day."""

    def look(day: date):
        noon = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
        monkeypatch.setattr(timezone, "now", lambda: noon)
        tasks.announce_page_changes(0)

    return look


def test_a_diary_is_told_with_the_profile_that_shows_it(therapist, told):
    therapist.availability.confirm(timezone.localdate())
    event = told()["availability.changed"]
    assert event.page["id"] == therapist.pk
    assert event.keys == ["html", f"page-{therapist.pk}", "type-therapists.TherapistPage"]


def test_a_diary_changed_through_the_admin_is_told_once(admin_client, therapist, told):
    diary = therapist.availability
    fields = {
        "therapist": therapist.pk,
        "places_per_four_weeks": 0,
        "windows-TOTAL_FORMS": 0,
        "windows-INITIAL_FORMS": 0,
        "absences-TOTAL_FORMS": 1,
        "absences-INITIAL_FORMS": 0,
        "absences-0-first_day": timezone.localdate().isoformat(),
        "absences-0-last_day": timezone.localdate().isoformat(),
    }
    admin_client.post(reverse("diaries:edit", args=[diary.pk]), fields)
    diary.refresh_from_db()
    assert (diary.places_per_four_weeks, diary.absences.count()) == (0, 1)
    assert set(told()) == {"availability.changed"}
    tasks.announce_page_changes(0)
    assert told() == {}


def test_nobody_hears_of_the_diary_of_a_hidden_profile(therapist, told):
    therapist.unpublish()
    told()
    therapist.availability.confirm(timezone.localdate())
    Absence.objects.create(
        availability=therapist.availability, first_day=date(2026, 1, 1), last_day=date(2026, 1, 2)
    )
    assert told() == {}


def test_nobody_hears_of_private_records(therapist, told):
    TherapistPrivateFactory(therapist=therapist)
    assert told() == {}


def test_a_registration_that_ends_takes_the_profile_with_it_by_the_clock(therapist, told, on):
    [registration] = therapist.registrations.all()
    on(registration.expires_on)
    assert told() == {}
    on(registration.expires_on + timedelta(days=1))
    event = told()["page.unpublished"]
    assert (event.page["id"], event.page["url"]) == (therapist.pk, None)
    on(registration.expires_on + timedelta(days=2))
    assert told() == {}


def test_a_registration_that_is_checked_brings_the_profile_back(therapist, told):
    row = therapist.registrations.get()
    row.verified_on = None
    therapist.registrations = [row]
    therapist.save_revision().publish()
    assert set(told()) == {"page.unpublished"}
    row.verified_on = timezone.localdate()
    page = TherapistPage.objects.get()
    page.registrations = [row]
    page.save_revision().publish()
    assert told()["page.published"].page["id"] == therapist.pk


def test_one_of_two_registrations_that_ends_changes_what_is_shown(therapist, told, on):
    today = timezone.localdate()
    RegistrationFactory(therapist=therapist, verified_on=today, expires_on=today + timedelta(days=3))
    tasks.announce_page_changes(0)
    told()
    on(today + timedelta(days=4))
    assert set(told()) == {"availability.changed"}


def test_a_diary_that_opens_again_is_told_by_the_clock(therapist, told, on):
    today = timezone.localdate()
    therapist.availability.paused_until = today + timedelta(days=2)
    therapist.availability.save()
    assert set(told()) == {"availability.changed"}
    on(today + timedelta(days=1))
    assert told() == {}
    on(today + timedelta(days=2))
    event = told()["availability.changed"]
    assert event.page["id"] == therapist.pk


def test_a_profile_that_is_deleted_is_told_of_once(therapist, told):
    TherapistPage.objects.get().delete()
    assert set(told()) == {"page.deleted"}
