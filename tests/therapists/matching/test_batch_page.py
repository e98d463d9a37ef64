"""The matcher’s page of all waiting enquiries at once."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import EnquiryAnswersFactory, NewEnquiryFactory, make_matcher
from tests.factories.therapists import TherapistConcernFactory
from therapists.enquiries.enums import State
from therapists.enquiries.models import AccessLogEntry, Enquiry, Offer, OfferState, ReadingKind
from therapists.enquiries.services.submit import receive_enquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    client.force_login(make_matcher())
    return client


@pytest.fixture
def address():
    return reverse("matching_admin:batch")


@pytest.fixture
def ask():
    """Stores enquiries that ask about one concern and nothing else, each an hour after the last."""

    def ask(concern, state=State.REVIEW):
        answers = EnquiryAnswersFactory(
            concerns=(concern.pk,),
            genders=(),
            languages=(),
            slots=frozenset(),
            start_within=None,
            budget=None,
        )
        enquiry = receive_enquiry(NewEnquiryFactory(answers=answers))
        received = timezone.now() - timedelta(days=5) + timedelta(hours=Enquiry.objects.count())
        Enquiry.objects.filter(pk=enquiry.pk).update(state=state, received_at=received)
        return enquiry

    return ask


@pytest.fixture
def scarce(make_therapist, practice):
    """One place with a therapist for both concerns; another therapist for grief has plenty, half taken."""
    both = make_therapist("Sample Both")
    TherapistConcernFactory(therapist=both, concern=practice.panic, verified_on=timezone.localdate())
    both.availability.places_per_four_weeks = 1
    both.availability.save()
    grief_only = make_therapist("Sample Grief")
    return both, grief_only


def rows(response):
    table = BeautifulSoup(response.content, "html.parser").select("table.batch tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table]


def one_offer(enquiry, therapist, state):
    Offer.objects.create(enquiry=enquiry, therapist=therapist, state=state, expires_at=timezone.now())


def test_what_all_at_once_would_gain(team, address, ask, scarce, practice):
    _, grief_only = scarce
    one_offer(ask(practice.grief, State.OFFERED), grief_only, OfferState.LIVE)
    early, late = ask(practice.grief), ask(practice.panic)
    response = team.get(address)
    first, second = rows(response)
    assert first[0].startswith(early.reference)
    assert second[0].startswith(late.reference)
    assert ["Sample Both" in first[1], "Sample Grief" in first[2]] == [True, True]
    assert ["Sample Grief" in second[1], "Sample Both" in second[2]] == [True, True]
    assert "Does not name the main concern" in second[1]
    assert "What brings them: 60.0" in second[2]
    assert second[3] == "Changes +60.0"
    page = " ".join(BeautifulSoup(response.content, "html.parser").main.get_text().split())
    assert "2 enquiries would go to other therapists. Together they would have 60.0 points more." in page


def test_only_those_who_wait_are_shown(team, address, ask, make_therapist, practice):
    make_therapist("Sample One")
    shown = {
        ask(practice.grief, state).reference
        for state in [State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST]
    }
    for state in set(State) - {State.RECEIVED, State.REVIEW, State.SHORTLISTED, State.WAITLIST}:
        ask(practice.grief, state)
    assert {row[0].split()[0] for row in rows(team.get(address))} == shown


def test_whoever_refused_is_not_given_the_same_enquiry_again(team, address, ask, make_therapist, practice):
    enquiry = ask(practice.grief)
    one_offer(enquiry, make_therapist("Sample One"), OfferState.DECLINED)
    assert rows(team.get(address))[0][1:3] == ["No one with a place", "No one with a place"]


def test_it_names_no_one_and_says_nothing_of_what_was_written(team, address, ask, make_therapist, practice):
    make_therapist("Sample One")
    ask(practice.grief)
    page = team.get(address).content.decode()
    for private in ("Sam Sample", "sam@example.org", "Hello.", "Grief and loss"):
        assert private not in page


def test_each_enquiry_on_the_page_is_written_in_the_access_log(team, address, ask, practice):
    waiting = {ask(practice.grief).pk, ask(practice.panic).pk}
    response = team.get(address)
    entries = AccessLogEntry.objects.filter(reading=ReadingKind.LIST, reader__username="matcher")
    assert {entry.enquiry_id for entry in entries} == waiting
    assert "no-store" in response["Cache-Control"]


def test_a_day_without_enquiries(team, address):
    assert "No enquiry is waiting." in team.get(address).content.decode()


def test_the_inbox_leads_here(team, address):
    inbox = BeautifulSoup(team.get(reverse("enquiries_admin:inbox")).content, "html.parser")
    assert inbox.select_one(f'main a[href="{address}"]')


@pytest.mark.parametrize("role", ["Editors", "Moderators", "administrator"])
def test_no_one_else_finds_it(client, address, django_user_model, ask, practice, role):
    ask(practice.grief)
    user = django_user_model.objects.create_user(role, is_superuser=role == "administrator")
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert not AccessLogEntry.objects.exists()


def test_strangers_are_asked_to_log_in(client, address):
    assert "login" in client.get(address).url


def test_it_only_shows(team, address, ask, practice):
    ask(practice.grief)
    for method in ("post", "put", "delete"):
        assert getattr(team, method)(address).status_code == 405


def test_it_costs_the_same_for_one_and_for_many(team, address, ask, make_therapist, practice):
    make_therapist("Sample")
    one_offer(ask(practice.grief), make_therapist("Sample 0"), OfferState.DECLINED)
    team.get(address)
    with CaptureQueriesContext(connection) as one:
        assert len(rows(team.get(address))) == 1
    for number in range(1, 6):
        one_offer(ask(practice.grief), make_therapist(f"Sample {number}"), OfferState.DECLINED)
        ask(practice.panic)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(team.get(address))) == 11
    assert len(one) == len(many)
