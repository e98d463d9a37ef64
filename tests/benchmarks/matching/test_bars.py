"""What the ranking must reach on made-up practices with a known optimum: see `make bench-matching`.

The bars hold for the numbers that the practices are made with, and promise nothing beyond them.
"""

from tests.benchmarks.matching.comparison import summary
from tests.benchmarks.matching.practice import CALIBRATED_CHANCE
from tests.benchmarks.matching.table import BARS, BUSY


def test_one_by_one_reaches_four_fifths_of_the_optimum_when_most_places_are_needed():
    assert summary("this ranking", BUSY).share_of_optimum >= BARS["this ranking"] == 80


def test_one_by_one_does_so_as_well_where_chance_is_calibrated():
    assert summary("this ranking", BUSY, chance=CALIBRATED_CHANCE).share_of_optimum >= BARS["this ranking"]


def test_all_at_once_reaches_more():
    """Not where chance is calibrated: there it misses this bar, and is still ahead of one by one."""
    assert summary("batch assignment", BUSY).share_of_optimum >= BARS["batch assignment"] == 86
    together = summary("batch assignment", BUSY, chance=CALIBRATED_CHANCE).share_of_optimum
    assert together > summary("this ranking", BUSY, chance=CALIBRATED_CHANCE).share_of_optimum


def test_hardly_a_therapist_is_left_without_work():
    assert summary("this ranking", load=0.5).starved <= 1


def test_no_essential_is_ever_broken():
    for policy, load in [("this ranking", 0.8), ("this ranking", 0.5), ("batch assignment", 0.8)]:
        assert summary(policy, load).essentials_broken == 0
