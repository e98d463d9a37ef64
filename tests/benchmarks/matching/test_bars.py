"""What the ranking must reach on made-up practices with a known optimum: see `make bench-matching`.

The bars hold for the numbers that the practices are made with, and promise nothing beyond them.
"""

from tests.benchmarks.matching.comparison import summary


def test_one_by_one_reaches_four_fifths_of_the_optimum_when_most_places_are_needed():
    assert summary("this ranking", load=0.8).share_of_optimum >= 80


def test_all_at_once_reaches_more():
    assert summary("batch assignment", load=0.8).share_of_optimum >= 86


def test_hardly_a_therapist_is_left_without_work():
    assert summary("this ranking", load=0.5).starved <= 1


def test_no_essential_is_ever_broken():
    for policy, load in [("this ranking", 0.8), ("this ranking", 0.5), ("batch assignment", 0.8)]:
        assert summary(policy, load).essentials_broken == 0
