from datetime import UTC, datetime
from hashlib import sha256

from therapists.matching.engine.criteria import Candidate, Criteria
from therapists.matching.engine.ordering import DecidedBy, rank

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
    ranked = rank(visitor, [with_others(1, 10, 2), with_others(2, 9, 1), with_others(3, 8, 0)])
    assert [round(r.score.total) for r in ranked] == [96, 100, 92]
    assert [r.level_with for r in ranked] == [1, 1, 0]
