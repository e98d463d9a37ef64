from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from therapists.matching.engine.criteria import Candidate, Criteria, Fee
from therapists.matching.engine.eligibility import Exclusion, exclusions

TODAY = date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
GRIEF, ANGER = 1, 2
MONDAY_EVENING = (0, "evening")

THERAPIST = Candidate(
    therapist_id=100,
    registered_until=TODAY,
    insured_until=TODAY,
    specialisms=frozenset({GRIEF}),
    gender="woman",
    languages=frozenset({"en"}),
    formats=frozenset({"video"}),
    fees={"individual": Fee(full=Decimal(60))},
    slots=frozenset({MONDAY_EVENING}),
    places=1,
)
VISITOR = Criteria(
    draw_key="visitor",
    main_concern=GRIEF,
    client_group="individual",
    formats=frozenset({"video", "phone"}),
    genders=frozenset({"woman", "non_binary"}),
    gender_is_essential=True,
    languages=frozenset({"en"}),
    language_is_essential=True,
    slots=frozenset({MONDAY_EVENING}),
    only_these_times=True,
    budget=Decimal(60),
    budget_is_firm=True,
)


def test_someone_who_meets_everything_is_not_excluded():
    assert exclusions(VISITOR, THERAPIST, TODAY) == ()


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ({"is_published": False}, Exclusion.NOT_PUBLISHED),
        ({"registered_until": None}, Exclusion.NOT_REGISTERED),
        ({"registered_until": YESTERDAY}, Exclusion.NOT_REGISTERED),
        ({"insured_until": None}, Exclusion.NOT_INSURED),
        ({"insured_until": YESTERDAY}, Exclusion.NOT_INSURED),
        ({"paused_until": TOMORROW}, Exclusion.PAUSED),
        ({"fees": {"couple": Fee(full=Decimal(60))}}, Exclusion.CLIENT_GROUP),
        ({"formats": frozenset({"in_person"})}, Exclusion.FORMAT),
        ({"languages": frozenset({"cy"})}, Exclusion.LANGUAGE),
        ({"gender": "man"}, Exclusion.GENDER),
        ({"gender": ""}, Exclusion.GENDER),
        ({"does_not_take": frozenset({GRIEF})}, Exclusion.DOES_NOT_TAKE),
        ({"fees": {"individual": Fee(full=Decimal("60.01"))}}, Exclusion.FEE_ABOVE_LIMIT),
        ({"slots": frozenset()}, Exclusion.NO_SHARED_TIME),
        ({"places_used": 1}, Exclusion.NO_PLACE),
        ({"specialisms": frozenset({ANGER})}, Exclusion.CONCERN_NOT_COVERED),
    ],
)
def test_each_condition_on_its_own(fact, why):
    assert exclusions(VISITOR, replace(THERAPIST, **fact), TODAY) == (why,)


def test_a_pause_that_ends_today_is_over():
    assert exclusions(VISITOR, replace(THERAPIST, paused_until=TODAY), TODAY) == ()


def test_a_therapist_who_declined_is_not_asked_again():
    again = replace(VISITOR, declined_by=frozenset({100}))
    assert exclusions(again, THERAPIST, TODAY) == (Exclusion.DECLINED_BEFORE,)


def test_another_of_the_concerns_may_be_one_that_the_therapist_does_not_take():
    visitor = replace(VISITOR, other_concerns=frozenset({ANGER}))
    therapist = replace(THERAPIST, does_not_take=frozenset({ANGER}))
    assert exclusions(visitor, therapist, TODAY) == (Exclusion.DOES_NOT_TAKE,)


def test_preferences_that_are_not_essential_exclude_no_one():
    soft = replace(
        VISITOR,
        gender_is_essential=False,
        language_is_essential=False,
        only_these_times=False,
        budget_is_firm=False,
    )
    far = replace(
        THERAPIST,
        gender="man",
        languages=frozenset({"cy"}),
        slots=frozenset(),
        fees={"individual": Fee(full=Decimal(200))},
    )
    assert exclusions(soft, far, TODAY) == ()
