from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from therapists.matching.engine.criteria import Candidate, Criteria, Fee
from therapists.matching.engine.scoring import score

GRIEF, ANXIETY, SLEEP, ANGER = 1, 2, 3, 4
IPT, DIT = 20, 21
MONDAY_EVENING, TUESDAY_EVENING, FRIDAY_MORNING = (0, "evening"), (1, "evening"), (4, "morning")
TODAY = date(2026, 11, 22)

THERAPIST = Candidate(
    therapist_id=100,
    specialisms=frozenset({GRIEF}),
    works_with=frozenset({ANXIETY}),
    fully_trained=frozenset({IPT}),
    partly_trained=frozenset({DIT}),
    gender="woman",
    languages=frozenset({"en", "pl"}),
    fees={"individual": Fee(full=Decimal(60))},
    slots=frozenset({MONDAY_EVENING, TUESDAY_EVENING}),
    diary_is_confirmed=True,
    available_from=TODAY,
    places=4,
)


def asks(**answers):
    return Criteria(draw_key="visitor", client_group="individual", **answers)


def fees(budget):
    return asks(budget=Decimal(budget))


RELATED = {SLEEP: frozenset({ANXIETY})}

FITS = {
    "main specialism": (asks(main_concern=GRIEF), 1),
    "works with": (asks(main_concern=ANXIETY), 0.6),
    "adjacent": (asks(main_concern=SLEEP, related_concerns=RELATED), 0.3),
    "not listed": (asks(main_concern=ANGER), 0),
    "main and others": (
        asks(main_concern=GRIEF, other_concerns=frozenset({ANXIETY, ANGER})),
        0.6 * 1 + 0.4 * 0.3,
    ),
    "only others": (asks(other_concerns=frozenset({GRIEF, ANXIETY})), 0.8),
    "two shared times": (asks(slots=frozenset({MONDAY_EVENING, TUESDAY_EVENING})), 1),
    "one shared time": (asks(slots=frozenset({MONDAY_EVENING, FRIDAY_MORNING})), 0.5),
    "no shared time": (asks(slots=frozenset({FRIDAY_MORNING})), 0),
    "fully trained": (asks(therapies=frozenset({IPT, DIT})), 1),
    "partly trained": (asks(therapies=frozenset({DIT})), 0.5),
    "gender met": (asks(genders=frozenset({"woman"})), 1),
    "one of two wishes": (asks(genders=frozenset({"man"}), languages=frozenset({"pl"})), 0.5),
    "the wish that matters most": (
        asks(genders=frozenset({"man"}), languages=frozenset({"pl"}), matters_most="language"),
        2 / 3,
    ),
    "in time": (asks(start_by=TODAY), 1),
    "two weeks late": (asks(start_by=TODAY - timedelta(days=14)), 0.5),
    "five weeks late": (asks(start_by=TODAY - timedelta(days=35)), 0),
    "within budget": (fees(60), 1),
    "a tenth above": (asks(budget=Decimal(60) / Decimal("1.1")), 0.6),
    "a quarter above": (fees(48), 0),
    "far above": (fees(10), 0),
    "no budget at all": (fees(0), 0),
}


@pytest.mark.parametrize("case", FITS)
def test_each_criterion_on_its_own(case):
    criteria, fit = FITS[case]
    criteria = criteria if criteria.budget is not None else replace(criteria, client_group=None)
    assert score(criteria, THERAPIST).total == pytest.approx(100 * fit)


def test_an_unconfirmed_diary_counts_half():
    criteria = asks(slots=frozenset({MONDAY_EVENING, TUESDAY_EVENING}))
    unsure = replace(THERAPIST, diary_is_confirmed=False)
    assert score(criteria, unsure).total == pytest.approx(50)


def test_all_criteria_together_weigh_as_the_formula_says():
    criteria = asks(
        main_concern=ANXIETY,
        slots=frozenset({MONDAY_EVENING}),
        therapies=frozenset({DIT}),
        genders=frozenset({"man"}),
        start_by=TODAY,
        budget=Decimal(60),
    )
    expected = 40 * 0.6 + 18 * 0.5 + 12 * 0.5 + 12 * 0 + 10 * 1 + 8 * 1
    assert score(criteria, THERAPIST).total == pytest.approx(expected)


def test_what_matters_most_counts_double():
    criteria = asks(main_concern=ANXIETY, therapies=frozenset({IPT}), matters_most="approach")
    expected = 100 * (40 * 0.6 + 2 * 12 * 1) / (40 + 2 * 12)
    assert score(criteria, THERAPIST).total == pytest.approx(expected)


def test_an_essential_is_a_condition_and_not_weighed():
    criteria = asks(
        main_concern=ANXIETY,
        genders=frozenset({"woman"}),
        gender_is_essential=True,
        languages=frozenset({"cy"}),
    )
    assert [part.criterion for part in score(criteria, THERAPIST).contributions] == ["concern", "preferences"]
    assert score(criteria, THERAPIST).total == pytest.approx(100 * 40 * 0.6 / 52)


def test_nothing_answered_scores_nothing_and_breaks_nothing():
    assert score(Criteria(draw_key="silent"), THERAPIST).total == 0
