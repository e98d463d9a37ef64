"""What a date changes about pages, though nobody stores it. Each room registers its own in `ready()`."""

from collections.abc import Callable, Mapping
from datetime import date

type StatesOn = Callable[[date], Mapping[int, str]]

_decided_by_the_day: list[StatesOn] = []


def decided_by_the_day(states: StatesOn) -> StatesOn:
    """Register a function from a day to a text for each page's id: another text, another page to readers."""
    if states not in _decided_by_the_day:
        _decided_by_the_day.append(states)
    return states


def states_on(day: date) -> dict[int, str]:
    states: dict[int, str] = {}
    for decided in _decided_by_the_day:
        for pk, state in decided(day).items():
            states[pk] = f"{states.get(pk, '')}{state};"
    return states
