"""The matcher sees who cannot be asked before choosing, and hears who was asked after."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from therapists.enquiries.enums import State
from therapists.enquiries.models import DeclineReason, Enquiry, FollowUpKind, Override
from therapists.enquiries.services.lifecycle import move
from therapists.enquiries.services.offers import decline

PAUSED = "they take no new clients at the moment"


@pytest.fixture
def team(client, matcher):
    client.force_login(matcher)
    return client


@pytest.fixture
def address(enquiry):
    move(enquiry.pk, State.REVIEW)
    return reverse("enquiries_admin:enquiry", args=[enquiry.pk])


def act(client, enquiry, action, **values):
    data = {f"{action}-{name}": value for name, value in values.items()}
    return client.post(reverse("enquiries_admin:action", args=[enquiry.pk, action]), data, follow=True)


def said(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one(".messages").text.split())


def choices(page):
    return [
        one.text for one in BeautifulSoup(page.content, "html.parser").select("[name=shortlist-first] option")
    ]


def pause(therapist):
    therapist.availability.paused_until = timezone.localdate() + timedelta(days=7)
    therapist.availability.save()


def test_who_cannot_be_asked_is_marked_and_refused_by_name(team, address, enquiry, candidates):
    first, second, third = candidates
    pause(first)
    second.private.delete()
    third.availability.places_per_four_weeks = 0
    third.availability.save()
    marked = choices(team.get(address))
    assert f"Sample First – {PAUSED}" in marked
    assert any(one.startswith("Sample Second – their insurance has run out") for one in marked)
    assert "Sample Third – No place at the moment" in marked
    refused = act(team, enquiry, "shortlist", first=second.pk, second=third.pk, reason="I know them.")
    assert refused.status_code == 422
    page = BeautifulSoup(refused.content, "html.parser")
    assert page.title.text.strip().startswith("Error:")
    errors = page.select_one("main #errors")
    assert errors.has_attr("autofocus")
    assert "Sample Second: their insurance has run out" in errors.text
    assert page.select_one("main").find(["h2", "form", "p"]) in errors.find_all("p"), "it stands on top"
    assert not enquiry.shortlist.exists()


def test_an_override_is_asked_for_and_told(team, address, enquiry, candidates):
    first, second, _third = candidates
    pause(first)
    assert "asked all the same" in act(team, enquiry, "shortlist", first=first.pk).content.decode()
    saved = act(team, enquiry, "shortlist", first=first.pk, second=second.pk, reason="They have agreed.")
    assert "They take no new clients, and are asked all the same: Sample First." in said(saved)
    assert Override.objects.get().reason == "They have agreed."
    assert "Sample First is asked, and has until" in said(act(team, enquiry, "offer"))


def test_it_says_when_another_is_asked_or_nobody(team, address, enquiry, candidates):
    first, second, _third = candidates
    act(team, enquiry, "shortlist", first=first.pk, second=second.pk, reason="They fit.")
    pause(first)
    told = said(act(team, enquiry, "offer"))
    assert f"Sample Second is asked, and not the first. Sample First: {PAUSED}." in told
    decline(enquiry.offers.get().pk, DeclineReason.TIMES)
    assert "Sample Second – has said no to this enquiry" in " ".join(choices(team.get(address)))
    told = said(act(team, enquiry, "offer"))
    assert "Nobody was asked." in told
    assert "Sample Second: was asked already" in told
    assert enquiry.follow_ups.filter(kind=FollowUpKind.NO_CANDIDATE).exists()
    assert Enquiry.objects.get().state == State.SHORTLISTED


def test_the_order_is_that_of_the_work_and_danger_comes_last(team, address, enquiry, candidates):
    main = BeautifulSoup(team.get(address).content, "html.parser").select_one("main")
    headings = [one.text.strip() for one in main.select("h2")]
    order = [
        "Where it stands",
        "How to reach them",
        "What they are looking for",
        "Suggestions",
        "Whom to ask",
        "Write to them",
        "What happened so far",
        "Legal hold",
        "Erase it",
    ]
    assert [one for one in headings if one in order] == order
    assert headings[-1] == "Erase it"
