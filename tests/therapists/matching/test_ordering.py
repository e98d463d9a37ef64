from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from therapists.matching.engine.criteria import WEIGHTS_BY_VERSION, Candidate, Criteria, Fee
from therapists.matching.engine.ordering import DecidedBy, rank
from therapists.matching.engine.reasons import ReasonCode, explain
from therapists.matching.engine.shortlist import shortlist
from therapists.matching.engine.snapshot import RankingInputs

GRIEF, ANXIETY = 1, 2
VISITOR = Criteria(draw_key="visitor", main_concern=GRIEF)


def therapist(therapist_id, used=0, places=4, last_offer_at=None, specialist=True):
    concerns = frozenset({GRIEF})
    return Candidate(
        therapist_id=therapist_id,
        specialisms=concerns if specialist else frozenset(),
        works_with=frozenset() if specialist else concerns,
        places=places,
        places_used=used,
        last_offer_at=last_offer_at,
    )


def order(*candidates, visitor=VISITOR):
    return [(r.candidate.therapist_id, r.decided_by) for r in rank(visitor, candidates)]


def test_a_clearly_better_fit_comes_first_however_full():
    assert order(therapist(1, used=0, specialist=False), therapist(2, used=3)) == [
        (2, DecidedBy.FIT),
        (1, DecidedBy.FIT),
    ]


def test_among_equals_the_emptier_diary_comes_first_as_a_share_not_a_count():
    assert order(therapist(1, used=1, places=2), therapist(2, used=2, places=8)) == [
        (2, DecidedBy.LOAD),
        (1, DecidedBy.FIT),
    ]


def test_then_whoever_waited_longest_since_an_offer_and_first_who_never_had_one():
    early, late = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    assert order(therapist(1, last_offer_at=late), therapist(2, last_offer_at=early), therapist(3)) == [
        (3, DecidedBy.LAST_OFFER),
        (2, DecidedBy.LAST_OFFER),
        (1, DecidedBy.FIT),
    ]


def test_then_a_draw_that_each_enquiry_makes_anew():
    candidates = [therapist(number) for number in range(1, 7)]
    orders = set()
    for key in ["a", "b", "c"]:
        drawn = [who for who, _ in order(*candidates, visitor=Criteria(draw_key=key, main_concern=GRIEF))]
        assert drawn == sorted(range(1, 7), key=lambda number: sha256(f"{key}|{number}".encode()).digest())
        orders.add(tuple(drawn))
    assert len(orders) == 3


def test_a_band_is_five_points_from_its_best_and_does_not_chain():
    """Scores of 100, 96 and 92: the last is near the second, but not near the best."""

    def with_others(therapist_id, helped, used):
        return Candidate(
            therapist_id=therapist_id,
            specialisms=frozenset(range(100, 100 + helped)) | {GRIEF},
            places=4,
            places_used=used,
        )

    visitor = Criteria(draw_key="visitor", main_concern=GRIEF, other_concerns=frozenset(range(100, 110)))
    ranked = list(rank(visitor, [with_others(1, 10, 2), with_others(2, 9, 1), with_others(3, 8, 0)]))
    assert [round(r.score.total) for r in ranked] == [96, 100, 92]
    assert [r.level_with for r in ranked] == [1, 1, 0]


SIXTY_POUNDS = replace(VISITOR, client_group="individual", budget=Decimal(60))


def with_fee(therapist_id, full, reduced=None, specialist=True):
    fee = Fee(full=Decimal(full), reduced=None if reduced is None else Decimal(reduced))
    return replace(therapist(therapist_id, specialist=specialist), fees={"individual": fee})


def test_whoever_is_within_the_budget_comes_first_though_others_fit_better():
    """A reduced fee counts too, but after a full one: it is for low incomes, and has to be asked for."""
    dear = [with_fee(1, 75), with_fee(2, 68), with_fee(3, 78)]
    cheap, reduced = with_fee(4, 50, specialist=False), with_fee(5, 80, reduced=55)
    ordered = order(*dear, reduced, cheap, visitor=SIXTY_POUNDS)
    assert ordered[:2] == [(4, DecidedBy.BUDGET), (5, DecidedBy.BUDGET)]
    assert {who for who, _ in ordered[2:]} == {1, 2, 3}


def test_the_budget_puts_nobody_first_who_does_not_help_with_the_main_concern():
    elsewhere = replace(with_fee(1, 40), specialisms=frozenset())
    assert [who for who, _ in order(elsewhere, with_fee(2, 75), visitor=SIXTY_POUNDS)] == [2, 1]


def test_a_visitor_without_a_budget_is_told_the_best_fit_first():
    unsaid = replace(SIXTY_POUNDS, budget=None)
    assert order(with_fee(1, 50, specialist=False), with_fee(2, 75), visitor=unsaid)[0] == (2, DecidedBy.FIT)


def test_whoever_is_not_sure_is_led_to_a_broad_practice_that_is_free_soon():
    unsure = Criteria(draw_key="visitor", unsure_since=date(2026, 11, 22))

    def with_concerns(therapist_id, number, available_from):
        return Candidate(
            therapist_id=therapist_id,
            works_with=frozenset(range(number)),
            available_from=available_from,
            registered_until=date(2027, 1, 1),
            insured_until=date(2027, 1, 1),
            places=4,
        )

    pool = [
        with_concerns(1, 2, date(2026, 11, 22)),
        with_concerns(2, 9, date(2026, 12, 20)),
        with_concerns(3, 9, date(2026, 11, 22)),
        with_concerns(4, 5, date(2026, 11, 29)),
    ]
    shown = shortlist(unsure, pool, date(2026, 11, 22)).suggestions
    said = {
        one.ranked.candidate.therapist_id: [reason.code for reason in explain(unsure, one).reasons]
        for one in shown
    }
    assert said == {
        3: [ReasonCode.HAS_BROAD_PRACTICE, ReasonCode.TAKES_CLIENTS_NOW],
        2: [ReasonCode.HAS_BROAD_PRACTICE],
        4: [ReasonCode.HAS_BROAD_PRACTICE, ReasonCode.TAKES_CLIENTS_SOON],
        1: [ReasonCode.TAKES_CLIENTS_NOW],
    }
    assert list(said) == [3, 2, 4, 1]
    assert [explain(unsure, one).cautions for one in shown] == [(), (), (), ()]


def test_a_run_of_the_first_version_is_made_again_as_it_was():
    """Its input is the same to the byte, and its order is that of its time."""
    inputs = RankingInputs(
        criteria=SIXTY_POUNDS,
        candidates=tuple(
            replace(one, registered_until=date(2027, 1, 1), insured_until=date(2027, 1, 1))
            for one in [with_fee(1, 75), with_fee(4, 80, reduced=50, specialist=False)]
        ),
        as_of=date(2026, 11, 22),
        weights_version="1",
    )
    assert inputs.digest() == "ad7aad0eb84e1a37b066b608950cc990293351b59ddbe82407a40e2e35c621ae"
    assert [one.ranked.candidate.therapist_id for one in inputs.run().suggestions] == [1, 4]
    weights = WEIGHTS_BY_VERSION["1"]
    assert [ranked.score.fits for ranked in rank(SIXTY_POUNDS, inputs.candidates, weights)] == [
        (1, 0),
        (0.6, 0),
    ]
    now = replace(inputs, weights_version="2").run()
    assert [one.ranked.candidate.therapist_id for one in now.suggestions] == [4, 1]
