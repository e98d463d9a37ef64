"""All waiting enquiries one by one and all at once, from plain values."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.therapists.matching.strategies import AS_OF, criteria, pools
from therapists.matching.engine.assignment import assign_one_by_one, assign_together, compare
from therapists.matching.engine.criteria import Candidate, Criteria
from therapists.matching.engine.eligibility import Exclusion, exclusions

TODAY = date(2026, 11, 22)
GRIEF, PANIC = 1, 2
BOTH = Candidate(
    therapist_id=1,
    registered_until=TODAY,
    insured_until=TODAY,
    specialisms=frozenset({GRIEF, PANIC}),
    places=1,
)
ONLY_GRIEF = replace(BOTH, therapist_id=2, specialisms=frozenset({GRIEF}), places=2, places_used=1)
EITHER = Criteria(draw_key="first", main_concern=GRIEF)
ONE_ONLY = Criteria(draw_key="second", main_concern=PANIC)


def test_all_at_once_the_early_enquiry_leaves_the_only_place_to_the_one_that_needs_it():
    found = compare([EITHER, ONE_ONLY], [BOTH, ONLY_GRIEF], TODAY)
    assert [one.therapist_id for one in found.one_by_one] == [1, 2]
    assert [one.therapist_id for one in found.together] == [2, 1]
    assert found.gain == 100
    assert found.more_matched == 0


def test_nothing_changes_without_a_gain():
    """Four who fit the same: the draw decides, and all at once keeps to it."""
    alike = [replace(BOTH, therapist_id=number) for number in range(1, 5)]
    for key in "abcdefgh":
        found = compare([replace(EITHER, draw_key=key)], alike, TODAY)
        assert found.together == found.one_by_one


def test_more_enquiries_than_places():
    found = assign_together([EITHER, replace(EITHER, draw_key="x"), ONE_ONLY], [BOTH], TODAY)
    assert [one.therapist_id for one in found].count(None) == 2


def test_nothing_waits_or_no_one_has_a_place():
    assert assign_together([], [BOTH], TODAY) == ()
    assert assign_together([EITHER], [], TODAY)[0].therapist_id is None
    assert assign_one_by_one([EITHER], [replace(BOTH, places_used=1)], TODAY)[0].therapist_id is None


@settings(max_examples=50)
@given(st.lists(criteria(), max_size=5), pools)
def test_no_condition_is_broken_and_no_place_is_given_twice(waiting, pool):
    by_key = {candidate.therapist_id: candidate for candidate in pool}
    found = compare(waiting, pool, AS_OF)
    for assignments in (found.together, found.one_by_one):
        given_away = [one.therapist_id for one in assignments if one.therapist_id is not None]
        for key, candidate in by_key.items():
            assert given_away.count(key) <= max(0, candidate.places - candidate.places_used)
        for asked, one in zip(waiting, assignments, strict=True):
            if one.therapist_id is not None:
                broken = exclusions(asked, by_key[one.therapist_id], AS_OF)
                assert set(broken) <= {Exclusion.CONCERN_NOT_COVERED}
    assert found.more_matched >= 0
