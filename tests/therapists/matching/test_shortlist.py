from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from therapists.matching.engine.criteria import WEIGHTS_BY_VERSION, Candidate, Criteria, Fee
from therapists.matching.engine.eligibility import Exclusion
from therapists.matching.engine.reasons import ReasonCode, explain
from therapists.matching.engine.shortlist import OfferedEasing, Rung, shortlist

TODAY = date(2026, 11, 22)
GRIEF, SLEEP = 1, 2
MONDAY_EVENING, FRIDAY_MORNING = (0, "evening"), (4, "morning")

THERAPIST = Candidate(
    therapist_id=100,
    registered_until=TODAY,
    insured_until=TODAY,
    specialisms=frozenset({GRIEF}),
    fees={"individual": Fee(full=Decimal(60), reduced=Decimal(40))},
    slots=frozenset({MONDAY_EVENING}),
    diary_is_confirmed=True,
    places=1,
)
OTHER_TIME = replace(THERAPIST, therapist_id=101, slots=frozenset({FRIDAY_MORNING}))
FULL = replace(THERAPIST, therapist_id=102, places_used=1, next_place_on=TODAY + timedelta(days=9))
DEARER = replace(THERAPIST, therapist_id=103, fees={"individual": Fee(full=Decimal(90), reduced=Decimal(50))})
NEARBY = replace(THERAPIST, therapist_id=104, specialisms=frozenset({SLEEP}))
EVERYONE = [THERAPIST, OTHER_TIME, FULL, DEARER, NEARBY]

VISITOR = Criteria(
    draw_key="visitor",
    main_concern=GRIEF,
    related_concerns={GRIEF: frozenset({SLEEP})},
    client_group="individual",
    slots=frozenset({MONDAY_EVENING}),
    only_these_times=True,
    budget=Decimal(60),
    budget_is_firm=True,
)


def suggested(found):
    return [(s.ranked.candidate.therapist_id, s.eased) for s in found.suggestions]


def test_too_few_fit_so_what_was_not_called_firm_is_eased():
    found = shortlist(VISITOR, EVERYONE, TODAY)
    assert suggested(found) == [
        (100, ()),
        (102, (Rung.PLACE_SOON,)),
        (104, (Rung.ADJACENT_CONCERN,)),
    ]


def test_a_firm_limit_is_asked_about_and_eased_only_when_the_visitor_agrees():
    few = [THERAPIST, OTHER_TIME, DEARER]
    found = shortlist(VISITOR, few, TODAY)
    assert suggested(found) == [(100, ())]
    assert found.offered_easings == (OfferedEasing(Rung.OTHER_TIMES, 1), OfferedEasing(Rung.REDUCED_FEE, 1))

    agreed = shortlist(VISITOR, few, TODAY, agreed=frozenset({Rung.REDUCED_FEE}))
    assert suggested(agreed) == [(100, ()), (103, (Rung.REDUCED_FEE,))]
    assert agreed.offered_easings == (OfferedEasing(Rung.OTHER_TIMES, 1),)


@pytest.mark.parametrize(("fitting", "shown"), [(3, 3), (4, 4), (6, 5)])
def test_three_are_enough_and_nothing_is_eased_for_more(fitting, shown):
    enough = [replace(THERAPIST, therapist_id=number) for number in range(1, fitting + 1)]
    found = shortlist(VISITOR, [*enough, OTHER_TIME], TODAY)
    assert len(found.suggestions) == shown
    assert found.offered_easings == ()
    assert all(not suggestion.eased for suggestion in found.suggestions)


def test_a_run_of_before_gives_the_three_it_gave():
    enough = [replace(THERAPIST, therapist_id=number) for number in range(1, 7)]
    found = shortlist(VISITOR, enough, TODAY, weights=WEIGHTS_BY_VERSION["2"])
    assert len(found.suggestions) == 3


def test_a_place_that_opens_too_late_a_reduced_fee_that_is_too_high_and_no_related_concern():
    hopeless = [
        replace(FULL, next_place_on=TODAY + timedelta(days=29)),
        replace(FULL, therapist_id=105, next_place_on=None),
        replace(DEARER, fees={"individual": Fee(full=Decimal(90), reduced=Decimal(70))}),
        replace(NEARBY, specialisms=frozenset()),
    ]
    found = shortlist(VISITOR, hopeless, TODAY, agreed=frozenset(Rung))
    assert found.suggestions == ()
    assert found.offered_easings == ()
    assert found.excluded_counts() == {
        Exclusion.FEE_ABOVE_LIMIT: 1,
        Exclusion.NO_PLACE: 2,
        Exclusion.CONCERN_NOT_COVERED: 1,
    }


def test_what_was_eased_is_said_as_a_caution():
    found = shortlist(VISITOR, [FULL, DEARER, NEARBY], TODAY, agreed=frozenset({Rung.REDUCED_FEE}))
    said = {
        suggestion.ranked.candidate.therapist_id: [
            caution.code for caution in explain(VISITOR, suggestion).cautions
        ]
        for suggestion in found.suggestions
    }
    assert said == {
        102: [ReasonCode.PLACE_FROM],
        103: [ReasonCode.REDUCED_FEE_TO_ASK],
        104: [ReasonCode.MAIN_NOT_LISTED],
    }
