"""The matcher’s page of proposals for all who wait."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.therapists import TherapistConcernFactory
from therapists.enquiries.enums import State
from therapists.enquiries.models import (
    AccessLogEntry,
    Enquiry,
    Offer,
    ProposalState,
    ReadingKind,
    StoredProposal,
)
from therapists.enquiries.services.lifecycle import withdraw
from therapists.matching.making_proposals import make_proposals_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client, matcher):
    client.force_login(matcher)
    return client


@pytest.fixture
def address():
    return reverse("matching_admin:proposals")


@pytest.fixture
def scarce(make_therapist, practice):
    """One place with a therapist for both concerns, and another therapist for grief with places."""
    both = make_therapist("Sample Both", places=1)
    TherapistConcernFactory(therapist=both, concern=practice.panic, verified_on=timezone.localdate())
    make_therapist("Sample Grief", places=4, used=1)
    return both


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def proposed(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [one.get_text(" ", strip=True) for one in page.select(".proposals h3 label")]


def shown(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [one["value"] for one in page.select("input[name=shown]")]


def test_each_term_is_a_sentence_and_the_sum_is_said(team, address, ask, scarce, practice):
    early, late = ask(practice.grief, days=4), ask(practice.panic, days=1)
    assert "There are no proposals yet." in words(team.get(address))
    page = words(team.post(address, {"do": "now"}, follow=True))
    assert proposed(team.get(address)) == [
        f"{early.reference}: ask Sample Grief",
        f"{late.reference}: ask Sample Both",
    ]
    for sentence in (
        "Nobody else goes without because of this. One other therapist with a place would suit them more. "
        "That place does more for somebody else.",
        "60 points for four days of waiting, 15 for each.",
        "6.2 points less, because 1 of their 4 places is in use.",
        "1,000 points for having somebody to ask, which counts most.",
        "60 points because only one therapist could ever take them.",
        "60 points for how well the two fit, out of 100.",
        "Worth 1,135 points",
        "Together these are worth 2,308.8 points, by version 1 of the rule and version 4 of the weights.",
        "Made again from what was stored, they are the same.",
    ):
        assert sentence in page
    for private in ("Sam Sample", "sam@example.org", "Hello.", "Grief and loss"):
        assert private not in page


def test_why_one_comes_first(team, address, ask, make_therapist, practice, matcher):
    only = make_therapist("Sample Polish", languages=["pl", "en"], places=1)
    for number in range(4):
        make_therapist(f"Sample {number}", places=1, used=1)
    ask(practice.grief, days=2)
    needs = ask(practice.grief, days=1, languages=("pl",), language_is_essential=True)
    make_proposals_now(matcher)
    response = team.get(address)
    assert proposed(response) == [f"{needs.reference}: ask {only.title}"]
    assert (
        "First, because only one therapist could ever take this person, and the one other who could have "
        "this place has more to choose from."
    ) in words(response)
    assert "The places that would suit them go to others today. Waiting for 2 days." in words(response)


def test_all_are_asked_and_of_each_that_is_not_it_says_why(team, address, ask, make_therapist, practice):
    for number in range(4):
        make_therapist(f"Sample {number}", places=1)
    went, gone, unread, came = (ask(practice.grief, days=number) for number in (9, 8, 7, 6))
    Enquiry.objects.filter(pk=unread.pk).update(state=State.RECEIVED)
    team.post(address, {"do": "now"})
    page = team.get(address)
    assert "Nobody has read this enquiry yet" in words(page)
    withdraw(gone.pk)
    said = words(team.post(address, {"do": "ask-all", "shown": shown(page)}, follow=True))
    assert Offer.objects.count() == 2
    for offer in Offer.objects.all():
        assert f"{offer.enquiry.reference} ({offer.therapist.title})" in said
        assert f"{offer.enquiry.reference} : {offer.therapist.title} was asked by matcher" in said
    assert {offer.enquiry_id for offer in Offer.objects.all()} == {went.pk, came.pk}
    assert f"{gone.reference}: nothing was done. It no longer waits: Withdrawn." in said
    assert f"{unread.reference}: nothing was done. Nobody has read it yet. Read it first." in said
    team.get(reverse("enquiries_admin:enquiry", args=[unread.pk]))
    again = team.post(address, {"do": "ask", "chosen": shown(team.get(address))}, follow=True)
    assert f"1 is asked: {unread.reference}" in words(again)
    assert Offer.objects.filter(enquiry=unread).exists()


def test_some_are_asked_and_some_set_aside_with_a_reason(team, address, ask, make_therapist, practice):
    make_therapist("Sample One", places=3)
    enquiries = [ask(practice.grief, days=number) for number in (3, 2, 1)]
    team.post(address, {"do": "now"})
    first, second, _third = shown(team.get(address))
    team.post(address, {"do": "ask", "chosen": [first], "shown": [first, second]})
    assert [offer.enquiry for offer in Offer.objects.all()] == [enquiries[0]]

    nothing = team.post(address, {"do": "set-aside", "reason": "They know each other."})
    assert nothing.status_code == 422
    assert "Tick at least one proposal." in words(nothing)
    assert "They know each other." in nothing.content.decode()
    without = team.post(address, {"do": "set-aside", "chosen": [second]})
    assert without.status_code == 422
    assert BeautifulSoup(without.content, "html.parser").title.text.strip().startswith("Error:")
    assert BeautifulSoup(without.content, "html.parser").find(id=f"proposal-{second}").has_attr("checked")

    said = words(
        team.post(
            address, {"do": "set-aside", "chosen": [second], "reason": "They know each other."}, follow=True
        )
    )
    assert f"Set aside: {enquiries[1].reference}." in said
    assert "Sample One was set aside by matcher: They know each other." in said
    assert StoredProposal.objects.get(pk=second).state == ProposalState.SET_ASIDE
    again = words(team.post(address, {"do": "now"}, follow=True))
    assert "matcher set this pair aside on" in again
    everyone = shown(team.get(address))
    assert len(everyone) == 2
    team.post(address, {"do": "set-all-aside", "shown": everyone, "reason": "No.", "is_final": "on"})
    assert "No therapist meets what is essential to them." in words(
        team.post(address, {"do": "now"}, follow=True)
    )


def test_what_is_posted_otherwise_changes_nothing(team, address, ask, make_therapist, practice):
    make_therapist("Sample One")
    ask(practice.grief)
    team.post(address, {"do": "now"})
    for data in ({}, {"do": "else"}, {"do": "ask", "chosen": ["1", "x"]}, {"do": "ask"}):
        assert team.post(address, data).status_code == 422
    assert team.post(address, {"do": "ask-all", "shown": ["nothing"]}).status_code == 302
    assert not Offer.objects.exists()
    assert team.put(address).status_code == 405


def test_who_came_since_is_said_and_whom_they_picked(team, address, ask, make_therapist, practice):
    picked, full = make_therapist("Sample Picked"), make_therapist("Sample Full", places=1, used=1)
    for therapist in (picked, full):
        enquiry = ask(practice.grief)
        Enquiry.objects.filter(pk=enquiry.pk).update(chosen_therapist=therapist)
    team.post(address, {"do": "now"})
    ask(practice.grief)
    page = words(team.get(address))
    assert "1 more waits since these were made." in page
    assert "They picked this therapist themselves." in page
    assert "They picked Sample Full, who cannot be asked today." in page


def test_a_damaged_proposal_keeps_nobody_from_deciding_about_the_others(
    team, address, ask, make_therapist, practice
):
    make_therapist("Sample One", places=3)
    damaged, aside, whole = (ask(practice.grief, days=number) for number in (3, 2, 1))
    team.post(address, {"do": "now"})
    keys = shown(team.get(address))
    team.post(address, {"do": "set-aside", "chosen": [keys[1]], "reason": "They know each other."})
    StoredProposal.objects.filter(pk=keys[0]).update(sealed_input=F("reason"))
    StoredProposal.objects.filter(pk=keys[1]).update(reason=F("sealed_input"))
    page = team.get(address)
    assert proposed(page) == [f"{whole.reference}: ask Sample One"]
    assert damaged.reference not in words(page)
    assert "These cannot be made again from what was stored" in words(page)
    team.post(address, {"do": "ask-all", "shown": shown(page)})
    assert Offer.objects.filter(enquiry=whole).exists()
    assert not Offer.objects.filter(enquiry=aside).exists()
    team.post(address, {"do": "now"})
    again = team.get(address)
    assert proposed(again) == [f"{one.reference}: ask Sample One" for one in (damaged, aside)]
    assert "set this pair aside" in words(again)


def test_each_enquiry_on_the_page_is_written_in_the_access_log(team, address, ask, practice, make_therapist):
    make_therapist("Sample One")
    waiting = {ask(practice.grief).pk, ask(practice.panic).pk}
    team.post(address, {"do": "now"})
    assert not AccessLogEntry.objects.exists()
    response = team.get(address)
    entries = AccessLogEntry.objects.filter(reading=ReadingKind.LIST, reader__username="matcher")
    assert {entry.enquiry_id for entry in entries} == waiting
    assert "no-store" in response["Cache-Control"]


def test_a_typed_reason_survives_a_session_that_had_ended(
    client, matcher, address, ask, make_therapist, practice
):
    make_therapist("Sample One")
    ask(practice.grief)
    make_proposals_now(matcher)
    [key] = StoredProposal.objects.values_list("pk", flat=True)
    client.post(address, {"do": "set-aside", "chosen": [str(key)], "reason": "They know each other."})
    client.post(
        f"{reverse('wagtailadmin_login')}?next={address}", {"username": "matcher", "password": "matcher"}
    )
    page = client.get(address).content.decode()
    assert "They know each other." in page
    assert BeautifulSoup(page, "html.parser").find(id=f"proposal-{key}").has_attr("checked")
    assert StoredProposal.objects.get().state == ProposalState.OPEN


def test_the_inbox_leads_here(team, address):
    inbox = BeautifulSoup(team.get(reverse("enquiries_admin:inbox")).content, "html.parser")
    assert inbox.select_one(f'main a[href="{address}"]')


@pytest.mark.parametrize("role", ["Content editor", "Moderators", "administrator"])
def test_no_one_else_finds_it(client, address, django_user_model, ask, practice, role):
    ask(practice.grief)
    user = django_user_model.objects.create_user(role, is_superuser=role == "administrator")
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)
    assert client.get(address).status_code == 404
    assert client.post(address, {"do": "now"}).status_code == 404
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert not AccessLogEntry.objects.exists()


def test_it_costs_the_same_for_one_and_for_many(team, address, ask, make_therapist, practice, matcher):
    for number in range(6):
        make_therapist(f"Sample {number}")
    ask(practice.grief)
    make_proposals_now(matcher)
    team.get(address)
    with CaptureQueriesContext(connection) as one:
        assert len(proposed(team.get(address))) == 1
    for number in range(5):
        ask(practice.grief, days=number)
    ask(practice.panic)
    make_proposals_now(matcher)
    with CaptureQueriesContext(connection) as many:
        assert len(proposed(team.get(address))) == 6
    assert len(one) == len(many)
    assert timezone.now() - StoredProposal.objects.first().run.made_at < timedelta(minutes=5)
