"""The solver against every possible assignment of small problems."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapists.matching.engine.assignment_solver import solve_assignment

#: Few different values, so that many assignments are equally good.
VALUES = st.integers(1, 4).map(float) | st.floats(0.5, 100)
PLACES = st.dictionaries(st.integers(0, 4), st.integers(1, 3), max_size=4)


@st.composite
def problems(draw):
    places = draw(PLACES)
    columns = st.sampled_from(sorted(places)) if places else st.nothing()
    return draw(st.lists(st.dictionaries(columns, VALUES), max_size=5)), places


def total(worth, chosen):
    return sum(row[column] for row, column in zip(worth, chosen, strict=True) if column is not None)


def has_room(places, chosen):
    return all(places[column] >= rows for column, rows in Counter(chosen).items() if column is not None)


@given(problems())
def test_no_assignment_has_a_greater_sum(problem):
    worth, places = problem
    found = solve_assignment(worth, places)
    assert len(found) == len(worth)
    assert has_room(places, found)
    every = product(*[[None, *row] for row in worth])
    best = max(total(worth, chosen) for chosen in every if has_room(places, chosen))
    assert total(worth, found) == pytest.approx(best)


@given(problems(), st.randoms())
def test_the_order_of_columns_changes_nothing(problem, random):
    worth, places = problem

    def shuffled(mapping):
        entries = list(mapping.items())
        random.shuffle(entries)
        return dict(entries)

    assert solve_assignment([shuffled(row) for row in worth], shuffled(places)) == solve_assignment(
        worth, places
    )


def test_a_row_without_columns_is_left_out():
    assert solve_assignment([{}, {7: 1.0}, {7: 2.0}], {7: 1}) == [None, None, 7]
