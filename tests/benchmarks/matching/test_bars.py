"""What the ranking must reach on made-up practices: see `make bench-matching`.

The bars are shares of what is achievable for anyone who sees profiles and answers alone. They hold for the
numbers that the worlds are made with, and promise nothing beyond them.
"""

import pytest

from tests.benchmarks.matching.comparison import summary
from tests.benchmarks.matching.worlds import INDEPENDENT, LARGE_CHANCE, TOGETHER, World

#: As many as show a fall of three points beyond doubt; `make bench-matching` takes more.
PRACTICES = range(12)
IN_EITHER_WORLD = pytest.mark.parametrize(
    "world", [INDEPENDENT, TOGETHER.with_chance(LARGE_CHANCE)], ids=["independent", "things go together"]
)


@IN_EITHER_WORLD
def test_one_by_one_reaches_most_of_what_is_achievable(world: World) -> None:
    result = summary("this ranking", world, load=0.8, seeds=PRACTICES)
    assert result.share_of_achievable.of >= 90
    assert result.essentials_broken == 0


@IN_EITHER_WORLD
def test_all_at_once_reaches_more(world: World) -> None:
    result = summary("proposals, all at once", world, load=0.8, seeds=PRACTICES)
    assert result.share_of_achievable.of >= 95
    assert result.essentials_broken == 0


def test_hardly_a_therapist_is_left_without_work() -> None:
    """Of 24. It was one before a budget decided first: whoever asks for more waits longer for their turn."""
    assert summary("this ranking", INDEPENDENT, load=0.5, seeds=PRACTICES).starved <= 1.5
