from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.therapists import (
    TherapistConcernFactory,
    TherapistPageFactory,
    TherapistTherapyFactory,
)
from therapists.enums import ConcernLevel


def render(source, page):
    template = Template("{% load therapist_tags %}" + source)
    return template.render(Context({"page": page, "request": RequestFactory().get("/")}))


def practising(practice, **fields):
    therapist = TherapistPageFactory(parent=practice.directory, **fields)
    TherapistTherapyFactory(therapist=therapist, therapy=practice.ipt)
    return therapist


def test_cards_and_numbers_of_those_who_offer_a_therapy(practice):
    for _ in range(4):
        practising(practice)
    practising(practice, diary__paused_until=timezone.localdate() + timedelta(days=3))
    html = render("{% therapists_offering page %}", practice.ipt)
    assert html.count('class="therapist-card"') == 2
    assert "5 therapists" in html
    assert "4 with a place now" in html
    assert 'href="/therapists/?therapy=ipt"' in html
    assert "(sample)" in html


def test_a_card_leads_with_their_own_sentence_or_else_with_the_summary(practice):
    practising(practice, own_sentence="There is time here.", summary="I work with grief.")
    practising(practice, summary="I work with couples.", languages=["en", "pl"])

    html = render("{% therapists_offering page %}", practice.ipt)

    assert '<p class="therapist-card__sentence">There is time here.</p>' in html
    assert '<p class="therapist-card__summary">I work with couples.</p>' in html
    assert "I work with grief." not in html
    assert html.count("Speaks") == 1


def test_a_therapy_that_no_one_offers_says_so(practice):
    assert "No therapist here offers this" in render("{% therapists_offering page %}", practice.cbt)


def test_who_does_not_take_a_concern_is_not_shown_with_it(practice):
    for level, name in [(ConcernLevel.WORKS_WITH, "Anna"), (ConcernLevel.DOES_NOT_TAKE, "Bertha")]:
        therapist = TherapistPageFactory(parent=practice.directory, title=name)
        TherapistConcernFactory(therapist=therapist, concern=practice.grief, level=level)
    html = render("{% therapists_for_concern page %}", practice.grief)
    assert "Anna" in html
    assert "Bertha" not in html


@pytest.mark.parametrize(
    "hidden",
    [
        {"live": False},
        {"registration__expires_on": timezone.localdate() - timedelta(days=1)},
        {"registration__verified_on": None},
        {"expire_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_a_profile_that_is_not_public_is_in_no_list(practice, hidden):
    practising(practice, title="Hidden Person", **hidden)
    assert "Hidden Person" not in render("{% therapists_offering page %}", practice.ipt)


def test_the_cards_take_the_same_queries_for_one_and_for_many(practice, django_assert_num_queries):
    practising(practice)
    render("{% therapists_offering page %}", practice.ipt)
    with CaptureQueriesContext(connection) as one:
        render("{% therapists_offering page %}", practice.ipt)
    for _ in range(5):
        practising(practice)
    with django_assert_num_queries(len(one)):
        render("{% therapists_offering page %}", practice.ipt)
