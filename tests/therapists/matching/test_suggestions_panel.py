"""The suggestions beside an enquiry in the workplace: why, who was left out, and ranking again."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.enquiries import EnquiryAnswersFactory, NewEnquiryFactory, make_matcher
from therapists.enquiries.enums import State
from therapists.enquiries.models import Enquiry, Offer, OfferState
from therapists.enquiries.services.submit import receive_enquiry
from therapists.matching.services import find_match
from therapists.models import Availability, TherapistPrivate

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    client.force_login(make_matcher())
    return client


@pytest.fixture
def ask(practice):
    """Stores an enquiry as the matching page does, with the ranking of the moment."""

    def ask(**answers):
        answers = {"concerns": (practice.grief.pk,), "genders": (), "languages": ()} | answers
        new = NewEnquiryFactory(answers=EnquiryAnswersFactory(**answers))
        match = find_match(new.answers, draw_key=str(new.draw_key), as_of=timezone.localdate())
        new = NewEnquiryFactory(draw_key=new.draw_key, answers=new.answers, suggestions=match.run_to_store())
        return receive_enquiry(new)

    return ask


def panel(client, enquiry):
    page = client.get(reverse("enquiries_admin:enquiry", args=[enquiry.pk]))
    soup = BeautifulSoup(page.content, "html.parser")
    return soup.select_one('[aria-labelledby="suggestions-heading"]')


def words(element):
    return " ".join(element.get_text(" ").split())


def rank_again(client, enquiry):
    return client.post(reverse("enquiries_admin:action", args=[enquiry.pk, "rank-again"]))


def button(client, enquiry):
    return panel(client, enquiry).select_one("form button")


def suggested(client, enquiry):
    return [heading.get_text() for heading in panel(client, enquiry).select("ol h3")]


@pytest.mark.guide(
    "Therapists and their diaries says who has a place, is away, paused or not to be asked, and why; their "
    "names beside the suggestions lead there.",
)
def test_each_suggestion_says_why_it_has_its_place(team, ask, make_therapist):
    busy, free = make_therapist("Sample Busy"), make_therapist("Sample Free")
    earlier = ask()
    Offer.objects.create(enquiry=earlier, therapist=busy, state=OfferState.LIVE, expires_at=timezone.now())
    busy.availability.places_per_four_weeks = 4
    busy.availability.save()
    enquiry = ask()
    assert suggested(team, enquiry) == [free.title, busy.title]
    first, second = panel(team, enquiry).select("ol > li")
    assert first.h3.a["href"] == reverse("matching_admin:therapist", args=[free.pk])
    assert "level with one other; first because 0 of" in words(first)
    assert "level with one other" in words(second)
    assert "first because" not in words(second)


def test_what_makes_up_the_score_sums_to_it(team, ask, make_therapist):
    make_therapist("Sample One")
    enquiry = ask()
    parts = [line.get_text().rsplit(": ", 1) for line in panel(team, enquiry).select("ol details li")]
    assert [name for name, _ in parts] == ["What brings them", "Times", "Start", "Fee"]
    stored = enquiry.suggestion_runs.get().suggestions.get()
    assert sum(float(points) for _, points in parts) == pytest.approx(stored.score, abs=0.1)


def test_who_was_left_out_and_why(team, ask, make_therapist, practice):
    make_therapist("Sample Fits")
    make_therapist("Sample Other", concern=practice.panic)
    full, lapsed = make_therapist("Sample Full"), make_therapist("Sample Lapsed")
    Availability.objects.filter(therapist=full).update(places_per_four_weeks=0)
    TherapistPrivate.objects.filter(therapist=lapsed).update(insurance_expires_on=None)
    left_out = words(panel(team, ask()))
    assert "No insurance in date: 1 (Sample Lapsed)" in left_out
    assert "No place left: 1 (Sample Full)" in left_out
    assert "Does not name the main concern: 1 (Sample Other)" in left_out


def test_a_run_that_gives_the_same_answer_says_so(team, ask, make_therapist):
    make_therapist("Sample One")
    assert "this run gives the same answer" in words(panel(team, ask()))


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": {}},
        {"inputs": {"criteria": 1, "candidates": [2]}},
        {"inputs_hash": "0" * 64},
        {"weights_version": "none such", "inputs": {"weights_version": "none such"}},
    ],
)
def test_a_run_that_cannot_be_made_again_is_shown_with_a_warning(team, ask, make_therapist, practice, change):
    make_therapist("Sample One")
    make_therapist("Sample Other", concern=practice.panic)
    enquiry = ask()
    enquiry.suggestion_runs.update(**change)
    shown = words(panel(team, enquiry))
    assert "cannot be made again" in shown
    assert "Sample One" in shown
    assert "Does not name the main concern: 1" in shown


def test_ranking_again_stores_a_run_with_the_therapists_of_today(team, ask, make_therapist):
    make_therapist("Sample One")
    enquiry = ask()
    first = enquiry.suggestion_runs.get()
    make_therapist("Sample Newcomer")
    assert button(team, enquiry).get_text() == "Rank again with today’s therapists"
    response = team.post(panel(team, enquiry).form["action"])
    assert response.url == reverse("enquiries_admin:enquiry", args=[enquiry.pk])
    assert sorted(suggested(team, enquiry)) == ["Sample Newcomer", "Sample One"]
    assert enquiry.suggestion_runs.count() == 2
    assert first.suggestions.count() == 1
    assert "this run gives the same answer" in words(panel(team, enquiry))


def test_whoever_refused_is_not_suggested_again(team, ask, make_therapist):
    refused = make_therapist("Sample Refused")
    make_therapist("Sample Other")
    enquiry = ask()
    Offer.objects.create(
        enquiry=enquiry, therapist=refused, state=OfferState.DECLINED, expires_at=timezone.now()
    )
    rank_again(team, enquiry)
    assert suggested(team, enquiry) == ["Sample Other"]
    left_out = words(panel(team, enquiry))
    assert "Has said no to this enquiry, or did not answer: 1 (Sample Refused)" in left_out


def test_no_one_at_all(team, ask):
    shown = words(panel(team, ask()))
    assert "The ranking found no one." in shown


@pytest.mark.parametrize("state", [State.SAFETY_HOLD, State.OFFERED, State.INTRODUCED, State.CLOSED])
def test_nothing_is_ranked_again_where_no_one_is_looked_for(team, ask, make_therapist, state):
    make_therapist("Sample One")
    enquiry = ask()
    assert button(team, enquiry) is not None
    Enquiry.objects.update(state=state)
    assert button(team, enquiry) is None
    assert rank_again(team, enquiry).status_code == 422
    assert enquiry.suggestion_runs.count() == 1


@pytest.mark.parametrize("is_superuser", [True, False])
def test_no_one_else_ranks(client, django_user_model, ask, is_superuser):
    enquiry = ask()
    client.force_login(django_user_model.objects.create_user("someone", is_superuser=is_superuser))
    assert rank_again(client, enquiry).status_code in ({404} if is_superuser else {302, 404})
    assert enquiry.suggestion_runs.count() == 1


def test_ranking_needs_a_post(team, ask):
    enquiry = ask()
    address = reverse("enquiries_admin:action", args=[enquiry.pk, "rank-again"])
    assert team.get(address).url == reverse("enquiries_admin:enquiry", args=[enquiry.pk])
    assert enquiry.suggestion_runs.count() == 1


def test_the_page_costs_the_same_for_one_and_for_many_therapists(team, ask, make_therapist, practice):
    make_therapist("Sample One")
    make_therapist("Sample Other", concern=practice.panic)
    few = ask()
    panel(team, few)
    with CaptureQueriesContext(connection) as one:
        panel(team, few)
    for number in range(5):
        make_therapist(f"Sample {number}")
        make_therapist(f"Sample Other {number}", concern=practice.panic)
    many_enquiry = ask()
    with CaptureQueriesContext(connection) as many:
        assert len(suggested(team, many_enquiry)) == 6
    assert len(one) == len(many)
